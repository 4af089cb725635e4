const shared = {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json', 'node'],
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' } }] },
  modulePathIgnorePatterns: ['<rootDir>/(lib|dist|release|\\.build)/'],
};

export default {
  maxWorkers: 3, // the longest tests wait more than they work
  testTimeout: 180_000, // the slowest take 15 s on two idle cores
  projects: [
    { ...shared, displayName: 'unit', testMatch: ['<rootDir>/{engine,actions,infra,emulator,tools}/**/*.test.ts'] },
    { ...shared, displayName: 'whole', testMatch: ['<rootDir>/test/**/*.test.ts'] },
  ],
};
