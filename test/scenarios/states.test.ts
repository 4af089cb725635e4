import { scenarios } from './states.ts';
import { testScenarios } from './suite.ts';

testScenarios(scenarios);
