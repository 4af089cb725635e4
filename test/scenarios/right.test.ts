import { scenarios } from './right.ts';
import { testScenarios } from './suite.ts';

testScenarios(scenarios);
