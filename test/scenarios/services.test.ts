import { scenarios } from './services.ts';
import { testScenarios } from './suite.ts';

testScenarios(scenarios);
