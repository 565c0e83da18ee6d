import type { Language } from '../rules/language.ts';

export type { Language };

/** A page's name: `README.md`, and `README.ko.md` beside it. */
export const pageName = (language: Language): string =>
  language === 'en' ? 'README.md' : `README.${language}.md`;
