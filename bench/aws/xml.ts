export type Value =
  | string
  | number
  | boolean
  | undefined
  | readonly Value[]
  | { readonly [name: string]: Value };

/** `xml('a', { b: [1, 2], 'c d="e"': 3 })` is `<a><b>1</b><b>2</b><c d="e">3</c></a>`. */
export function xml(start: string, value: Value): string {
  const [name = ''] = start.split(' ');
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.map((one) => xml(start, one)).join('');
  return `<${start}>${inside(value)}</${name}>`;
}

const inside = (value: Value): string =>
  typeof value === 'object'
    ? Object.entries(value)
        .map(([name, one]) => xml(name, one))
        .join('')
    : String(value).replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
