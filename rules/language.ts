/** The languages in which people read what a rule says. AWS Config and JSON have English alone. */
export type Language = 'en' | 'ko';

/** English, and the same in Korean. `{name}` stands for the same words in both (report/phrases.ts). */
export type Phrases = Readonly<Record<string, string>>;
