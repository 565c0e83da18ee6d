import { execFileSync } from 'node:child_process';
import { FORMAT_NAMES, type FormatName } from '../report/formats/names.ts';
import { number, printTable } from './table.ts';

const MILLION = 1_000_000;
/** The page is opened by people, and holds what a browser can. */
const IN_A_PAGE = 50_000;
/** How much more memory a report may need than the process had before. */
const LIMIT = 150;
const MEGABYTE = 1024 * 1024;

interface Measured {
  readonly seconds: number;
  readonly processor: number;
  readonly bytes: number;
  readonly memory: number;
}

/** A million results in every format that streams, and as many as a page holds in the one that does not. */
export async function formats(): Promise<void> {
  const rows = FORMAT_NAMES.map((format) => {
    const count = format === 'html' ? IN_A_PAGE : MILLION;
    const { seconds, processor, bytes, memory } = measure(format, count);
    return [
      ...[format, number(count), number(seconds, 1), number(processor, 1)],
      ...[number(bytes / MEGABYTE), number(memory / MEGABYTE), number(LIMIT)],
    ];
  });
  printTable(
    'many results in each format, one of ten "could not tell"',
    ['', 'results', 'seconds', 'processor', 'written, MB', 'more memory, MB', 'limit, MB'],
    rows,
    {
      note: 'Each in a process of its own. Memory is the resident set at its largest, less what it was before the first result; processor time is that of all threads.',
    },
  );
}

function measure(format: FormatName, count: number): Measured {
  const program = new URL('measured/formats.ts', import.meta.url).pathname;
  // With the loader of this process, because the program is TypeScript, too.
  const args = [...process.execArgv, program, format, String(count)];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

export const FINDING = {
  ...{
    kind: 'openPorts',
    protocol: 'tcp',
    fromPort: 22,
    toPort: 22,
    families: ['ipv4'],
    sources: ['0.0.0.0/0'],
  },
  rules: [{ protocol: 'tcp', fromPort: 22, toPort: 22, family: 'ipv4', source: '0.0.0.0/0' }],
};
