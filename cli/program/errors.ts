import type { Both, Language } from '../../report/both.ts';

/** The call itself was wrong: exit status 2, and one line that says what to do, in the language of whoever called. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code = 'Usage';
  readonly said: Both;

  constructor(said: Both) {
    super(said.en);
    this.said = said;
  }
}

/** What an error says, in a language: what comes from elsewhere has English alone. */
export const messageIn = (error: Error, language: Language): string =>
  error instanceof UsageError ? error.said[language] : error.message;
