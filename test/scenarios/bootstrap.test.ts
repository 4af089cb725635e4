import { scenarios } from './bootstrap.ts';
import { testScenarios } from './suite.ts';

testScenarios(scenarios);
