/** What people type into a field that they do not want to fill in. */
const WORDS = new Set(['n/a', 'na', 'none', 'null', 'test', 'tbd', 'todo', 'unknown', 'dummy', 'xxx']);

/** @param value without blanks at its ends; an empty one is missing, and no placeholder. */
export function isPlaceholder(field: string, value: string): boolean {
  if (value === '') return false;
  const plain = value.normalize('NFKC').toLowerCase();
  // NA is the country code of Namibia (ISO 3166).
  if (field === 'CountryCode' && plain === 'na') return false;
  if (WORDS.has(plain) || /^[\p{P}\p{S}\s]+$/u.test(plain)) return true;
  if (field !== 'PhoneNumber') return false;
  const digits = plain.replace(/\D/g, '');
  return digits.length < 7 || /^(\d)\1*$/.test(digits);
}
