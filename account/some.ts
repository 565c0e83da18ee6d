/** The first of many names: `a, b, …`. */
export const someOf = (names: readonly string[], most = 8): string =>
  names.slice(0, most).join(', ') + (names.length > most ? ', …' : '');
