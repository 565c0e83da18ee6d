// The CDK's own validation takes nine seconds of every file that synthesises. cfn-lint holds all templates
// (test/integration/templates.test.ts), and test/e2e/synth.test.ts runs the CDK as it comes.
process.env.CDK_VALIDATION = 'false';

// The command answers in the language of the locale: here in English, whoever runs it.
process.env.LC_ALL = 'C';

/** @type {import('jest').Config} */
export default {
  // A busy machine is no failure: what hangs is found all the same.
  testTimeout: 60_000,
  // moto and the built command run in processes of their own, so a worker mostly waits.
  maxWorkers: '100%',
  // A folder for temporary files of the run's own, which is removed after it.
  globalSetup: './test/support/temporary/setup.mjs',
  globalTeardown: './test/support/temporary/teardown.mjs',
  testSequencer: './test/support/sequencer.mjs',
  // Whole programs of others (npm run bench:peers), which have packages of their own.
  modulePathIgnorePatterns: ['<rootDir>/.venv-peers/'],
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // swc, not tsc: TypeScript 7 has no JavaScript compiler API, and types are checked by `npm run typecheck`.
  transform: {
    '^.+\\.(ts|js|mjs)$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  // Some dependencies ship as ES modules only.
  transformIgnorePatterns: [
    '/node_modules/(?!(d3-[a-z-]+|internmap|leven|marked|p-map|p-limit|yocto-queue)/)',
  ],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'json', 'node'],
};
