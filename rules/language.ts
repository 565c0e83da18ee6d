/** The languages in which people read what a rule says. AWS Config and JSON have English alone. */
export type Language = 'en' | 'ko';
