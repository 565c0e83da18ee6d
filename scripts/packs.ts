/**
 * `npm run packs`: writes the conformance packs of one Region to dist/packs/, and says how to put each of them with
 * `aws configservice put-conformance-pack` alone. docs/packs.md tells what is in them.
 */
import { writePacks } from './write-packs.ts';

process.exitCode = writePacks(process.argv.slice(2), {
  out: (line) => console.log(line),
  err: (text) => process.stderr.write(text),
});
