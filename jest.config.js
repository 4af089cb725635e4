const shared = {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json', 'node'],
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' } }] },
  modulePathIgnorePatterns: ['<rootDir>/(lib|dist|release|\\.build)/'],
};

export default {
  maxWorkers: 2,
  testTimeout: 60_000, // the slowest take 15 s on two idle cores
  projects: [
    { ...shared, displayName: 'unit', testMatch: ['<rootDir>/{engine,actions,infra,emulator,tools}/**/*.test.ts'] },
    { ...shared, displayName: 'whole', testTimeout: 120_000, testMatch: ['<rootDir>/test/**/*.test.ts'] },
  ],
};
