/**
 * How much of a file is read. Files come from anywhere: a gzip file of 18 MB may hold 18 GB, and a string that is longer than
 * V8's own limit ends the process without a word. Each limit is far above what AWS ever writes, and can be raised.
 */
export interface Limits {
  /** Bytes of one file, decompressed. What is read as a stream needs no memory for them, only time. */
  readonly 'file-size': number;
  /** Bytes of what has to be one value in memory: a file that is one answer, one configuration item, one string. */
  readonly 'value-size': number;
  /** Objects and arrays inside of each other. AWS's own answers have about a dozen. */
  readonly depth: number;
  /** Files of one folder of Config files, with the folders in it. */
  readonly files: number;
}
export type LimitName = keyof Limits;

const MB = 1024 ** 2;
const GB = 1024 ** 3;

export const DEFAULT_LIMITS: Limits = {
  'file-size': 8 * GB,
  'value-size': 256 * MB,
  depth: 200,
  files: 1_000_000,
};

/** What V8 can hold in one string; an option cannot raise that. */
const HIGHEST: Limits = {
  'file-size': Number.MAX_SAFE_INTEGER,
  'value-size': 500 * MB,
  depth: 2000,
  files: 10_000_000,
};

let inForce = DEFAULT_LIMITS;

/** The limits that readers keep to. */
export const limits = (): Limits => inForce;

/** Sets limits for the whole process, once, before anything is read; the others are the defaults. */
export function setLimits(chosen: Partial<Limits> = {}): void {
  inForce = { ...DEFAULT_LIMITS, ...chosen };
}

const isLimit = (name: string): name is LimitName => Object.hasOwn(DEFAULT_LIMITS, name);

/**
 * Reads limits as the command line has them: `file-size=16GB`, `files=2000000`.
 *
 * @throws {Error} that names what is wrong.
 */
export function readLimits(given: readonly string[]): Partial<Limits> {
  const chosen: Partial<Record<LimitName, number>> = {};
  for (const option of given) {
    const [, name = '', number = '', unit = ''] =
      /^([\w-]+)=(\d+(?:\.\d+)?)(B|KB|MB|GB)?$/i.exec(option) ?? [];
    if (!isLimit(name)) {
      const names = Object.keys(DEFAULT_LIMITS).join(', ');
      throw new Error(
        `${JSON.stringify(option)} is no limit: expected name=number with one of ${names}, such as file-size=16GB`,
      );
    }
    const isSize = name.endsWith('-size');
    const value = Number(number) * (UNITS[unit.toUpperCase()] ?? 1);
    if (!(value >= 1) || (!isSize && (unit !== '' || !Number.isInteger(value)))) {
      throw new Error(`${JSON.stringify(option)}: expected ${isSize ? 'a size such as 512MB' : 'a number'}`);
    }
    if (value > HIGHEST[name]) {
      throw new Error(
        `${JSON.stringify(option)}: ${inWords(name, HIGHEST[name])} is the most that can be read`,
      );
    }
    chosen[name] = value;
  }
  return chosen;
}

const UNITS: Readonly<Record<string, number>> = { B: 1, KB: 1024, MB, GB };

/** The limit as a person writes it. */
export function inWords(name: LimitName, value = inForce[name]): string {
  if (!name.endsWith('-size')) return String(value);
  const [unit, size] =
    value >= GB ? (['GB', GB] as const) : value >= MB ? (['MB', MB] as const) : (['KB', 1024] as const);
  return `${Number((value / size).toFixed(1))} ${unit}`;
}

/** What to do about a limit that stopped the reading, as the end of a message. */
export const howToRaise = (name: LimitName): string =>
  `if that is meant, raise the limit with --limit ${name}=${name.endsWith('-size') ? inWords(name, inForce[name] * 2).replace(' ', '') : inForce[name] * 2}`;
