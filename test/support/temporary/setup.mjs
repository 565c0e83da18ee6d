import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Gives a run of the tests a folder for temporary files of its own, before the first file. What a test, the CDK or a program that a test
 * starts leaves in it goes with it (`teardown.mjs`), and nobody else's does.
 */
export default function setup() {
  const own = mkdtempSync(join(tmpdir(), 'groundrules-tests-'));
  globalThis.groundrulesTests = { own, before: process.env.TMPDIR };
  process.env.TMPDIR = own;
}
