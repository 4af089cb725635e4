import { scenarios } from './stacks.ts';
import { testScenarios } from './suite.ts';

testScenarios(scenarios);
