import { rmSync } from 'node:fs';

/** Removes the folder of `setup.mjs`, after the last file. */
export default function teardown() {
  const { own, before } = globalThis.groundrulesTests;
  // A run that watches begins again.
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
  // A program that a test has ended may be writing its last.
  rmSync(own, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}
