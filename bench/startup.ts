/** How soon the command says something: its help, and the first verdict of a file. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { writeConfigSnapshot } from './generate-snapshot.ts';
import { COMMAND } from './snapshots.ts';
import { median, number, printTable, ratio } from './table.ts';

const ROUNDS = 15;
const LIMITS = { help: 0.12, verdict: 0.25 };

const TEMPLATE = `
Resources:
  Web:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: web
      SecurityGroupIngress:
        - { IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0 }
`;

export async function startup(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'groundrules-bench-'));
  const [snapshot, template] = [join(folder, 'snapshot.json.gz'), join(folder, 'template.yaml')];
  await writeConfigSnapshot(snapshot, { securityGroups: 10 });
  await writeFile(template, TEMPLATE);
  const evaluate = (file: string) => ['evaluate', file, '--exit-zero', '--quiet', '--format', 'json'];
  const measured: readonly [title: string, args: readonly string[], sign: string, limit?: number][] = [
    ['node, nothing else', ['-e', ''], ''],
    ['--help', [resolve(COMMAND), '--help'], 'Commands', LIMITS.help],
    [
      'evaluate, a Config snapshot',
      [resolve(COMMAND), ...evaluate(snapshot)],
      '"compliance"',
      LIMITS.verdict,
    ],
    ['evaluate, a template', [resolve(COMMAND), ...evaluate(template)], '"compliance"', LIMITS.verdict],
  ];
  const runs = new Map<string, Awaited<ReturnType<typeof run>>[]>();
  // In turns, so that a busy minute hits all of them.
  for (let round = 0; round < ROUNDS; round++) {
    for (const [title, args, sign] of measured) {
      runs.set(title, [...(runs.get(title) ?? []), await run(folder, args, sign)]);
    }
  }
  await rm(folder, { recursive: true });
  printTable(
    `From the start of the process, median of ${ROUNDS} (least–most)`,
    ['', 'first words, s', 'limit', 'of limit', 'the end, s', 'processor, s'],
    measured.map(([title, , , limit]) => {
      const all = runs.get(title) ?? [];
      const of = (figure: (one: (typeof all)[number]) => number) => all.map(figure);
      const first = of(({ first }) => first);
      return [
        title,
        `${number(median(first), 3)} (${number(Math.min(...first), 3)}–${number(Math.max(...first), 3)})`,
        ...(limit === undefined ? ['', ''] : [number(limit, 2), ratio(median(first), limit)]),
        number(median(of(({ seconds }) => seconds)), 3),
        number(median(of(({ processor }) => processor)), 3),
      ];
    }),
    { note: 'First words: the help, or the first verdict. Files are of ten security groups, and of one.' },
  );
}

/** @param sign what the output has once the first words are there; without one, its end counts. */
async function run(cwd: string, args: readonly string[], sign: string) {
  const usage = new URL('measured/usage.mjs', import.meta.url).href;
  const started = performance.now();
  const passed = () => (performance.now() - started) / 1000;
  const child = spawn(process.execPath, ['--import', usage, ...args], {
    ...{ cwd, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] },
  });
  let [said, first] = ['', 0];
  child.stdout?.on('data', (piece) => {
    said += piece;
    if (first === 0 && said.includes(sign)) first = passed();
  });
  const [complained, used] = await Promise.all([
    text(child.stderr as Readable),
    text(child.stdio[3] as Readable),
    once(child, 'close'),
  ]);
  const seconds = passed();
  if (child.exitCode !== 0 || !said.includes(sign))
    throw new Error(`${child.exitCode}: ${complained}${said}`);
  return { first: first || seconds, seconds, processor: JSON.parse(used).processor / 1e6 };
}
