/** What Node.js has to read before the command does something, in kilobytes: it is most of a short run. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { built } from '../support/command.ts';

const FOLDER = join(process.cwd(), 'dist/cli');
beforeAll(() => built(join(FOLDER, 'groundrules.mjs'), 'cli'));

/** A file with all that it imports at once. */
function kilobytesOf(file: string, seen = new Set<string>()): number {
  if (seen.has(file)) return 0;
  seen.add(file);
  const code = readFileSync(join(FOLDER, file), 'utf8');
  const imported = [...code.matchAll(/\b(?:import|from)\s*"\.\/([\w-]+\.mjs)"/g)].map(
    ([, name = '']) => name,
  );
  return imported.reduce((sum, one) => sum + kilobytesOf(one, seen), code.length / 1000);
}

test('the command itself is small', () => {
  expect(kilobytesOf('groundrules.mjs')).toBeLessThan(260);
});

test("a service's asks come with its client's operations that they call, and with no other client", () => {
  const services = readdirSync(FOLDER).filter((file) => /^live-.*\.mjs$/.test(file));
  expect(services.length).toBeGreaterThan(20);
  // 500 of these are the SDK's core, which they share.
  for (const file of services) expect(kilobytesOf(file)).toBeLessThan(850);
});

test('opening a live account loads two clients', () => {
  const sizes = readdirSync(FOLDER)
    .filter((file) => /^open-.*\.mjs$/.test(file))
    .map((file) => kilobytesOf(file));
  expect(sizes.length).toBeGreaterThan(0);
  expect(Math.max(...sizes)).toBeLessThan(1000);
});
