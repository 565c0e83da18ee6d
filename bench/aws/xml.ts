export type Value =
  | string
  | number
  | boolean
  | undefined
  | readonly Value[]
  | { readonly [name: string]: Value };

/** `xml('a', { b: [1, 2] })` is `<a><b>1</b><b>2</b></a>`. */
export function xml(name: string, value: Value): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.map((one) => xml(name, one)).join('');
  return `<${name}>${inside(value)}</${name}>`;
}

const inside = (value: Value): string =>
  typeof value === 'object'
    ? Object.entries(value)
        .map(([name, one]) => xml(name, one))
        .join('')
    : String(value).replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
