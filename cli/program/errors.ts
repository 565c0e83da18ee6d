/** The call itself was wrong: exit status 2, and one line that says what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code = 'Usage';
}
