import { scenarios } from './names.ts';
import { testScenarios } from './suite.ts';

testScenarios(scenarios);
