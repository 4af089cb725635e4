import { scenarios } from './platform.ts';
import { testScenarios } from './suite.ts';

testScenarios(scenarios);
