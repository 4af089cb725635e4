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
  testTimeout: 30_000,
  projects: [
    { ...shared, displayName: 'unit', testMatch: ['<rootDir>/{engine,actions,infra,emulator,tools}/**/*.test.ts'] },
    { ...shared, displayName: 'whole', testTimeout: 120_000, testMatch: ['<rootDir>/test/**/*.test.ts'] },
  ],
};
