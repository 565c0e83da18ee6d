/** `a, b, c 외 2개`: as many as a sentence has room for. */
export const listedKo = (names: readonly string[], most: number): string =>
  names.length > most ? `${names.slice(0, most).join(', ')} 외 ${names.length - most}개` : names.join(', ');

/** `"a", "b"` */
export const quotedKo = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');
