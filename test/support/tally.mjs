/** A jest reporter that ends a run with one plain line, for programs to read: `123 passed, 0 failed`. */
export default class Tally {
  /** @param {{ numPassedTests: number, numFailedTests: number, numRuntimeErrorTestSuites: number }} results */
  onRunComplete(_contexts, results) {
    // A file that could not be run has no tests to count, and is no success either.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    // Jest's own summary comes after every reporter: wait until that is out too.
    process.once('exit', () => console.log(`${results.numPassedTests} passed, ${failed} failed`));
  }
}
