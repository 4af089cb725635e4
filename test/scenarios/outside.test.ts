import { scenarios } from './outside.ts';
import { testScenarios } from './suite.ts';

testScenarios(scenarios);
