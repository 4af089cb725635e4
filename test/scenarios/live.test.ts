import { scenarios } from './live.ts';
import { testScenarios } from './suite.ts';

testScenarios(scenarios);
