import { scenarios } from './limits.ts';
import { testScenarios } from './suite.ts';

testScenarios(scenarios);
