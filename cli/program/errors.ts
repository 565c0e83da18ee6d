import type { Both, Language } from '../../report/both.ts';

/** The call itself was wrong: exit status 2, and one line that says what to do, in the language of whoever called. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code = 'Usage';
  readonly said: Both;
  /** What others say in English in both of them, of which the Korean is looked up when it is shown. */
  readonly quotes: string | undefined;

  constructor(said: Both, { quotes }: { readonly quotes?: string | undefined } = {}) {
    super(said.en);
    this.said = said;
    this.quotes = quotes;
  }
}

/** What an error says, in a language. What nobody foresaw has English alone. */
export async function messageIn(error: Error, language: Language): Promise<string> {
  const code = (error as { readonly code?: unknown }).code;
  if (language === 'en' || typeof code !== 'string') return error.message;
  if (!(error instanceof UsageError))
    return (await import('./korean.ts')).errorInKorean(error as Error & { readonly code: string });
  const { said, quotes } = error;
  if (quotes === undefined) return said.ko;
  const { inKorean } = await import('./korean.ts');
  return said.ko.replace(quotes, () => inKorean(quotes));
}
