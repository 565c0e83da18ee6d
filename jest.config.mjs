/** @type {import('jest').Config} */
export default {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // swc, not tsc: TypeScript 7 has no JavaScript compiler API, and types are checked by `npm run typecheck`.
  transform: {
    '^.+\\.(ts|js|mjs)$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  // Some dependencies ship as ES modules only.
  transformIgnorePatterns: ['/node_modules/(?!(leven|p-map|p-limit|yocto-queue)/)'],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'json', 'node'],
};
