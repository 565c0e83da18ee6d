// Runs in a process of its own: writes many results in one format, one of ten of them "could not tell", and prints how long that took,
// how much was written and how much more memory than before it was at most.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { PACKAGE_ROOT } from '../../package.ts';
import { reportIn } from '../../report/formats/index.ts';
import type { FormatName } from '../../report/formats/names.ts';
import { toError, toResult } from '../../report/result.ts';
import { couldNotTell, nonCompliant } from '../../rules/judgement.ts';
import rule from '../../rules/sg-open-ports/rule.ts';
import { FINDING } from '../formats.ts';

const [, , format = 'json', count = '0'] = process.argv;
const all = Number(count);
const ACCOUNT = '111122223333';

let bytes = 0;
const out = new Writable({
  decodeStrings: false,
  write(chunk: string, _, done) {
    bytes += Buffer.byteLength(chunk);
    setImmediate(done);
  },
});
const report = reportIn(format as FormatName, out, {
  ...{ colour: false, width: 140 },
  pageText: (page) => readFileSync(join(PACKAGE_ROOT, page), 'utf8'),
});
const before = process.memoryUsage.rss();
const [start, used] = [performance.now(), process.cpuUsage()];
await report.begin({
  ...{ generatedAt: new Date(), accountIds: [ACCOUNT], rules: [rule.id], sample: false, settings: null },
  controls: { judged: 1, all: 139 },
});
for (let at = 0; at < all; at++) {
  const resource = {
    type: 'AWS::EC2::SecurityGroup',
    id: `sg-${at}`,
    name: `group ${at}`,
    region: 'us-east-1',
  };
  if (at % 10 === 0) await report.error(toError(rule, ACCOUNT, couldNotTell(resource, new Error('denied'))));
  else await report.result(toResult(rule, ACCOUNT, nonCompliant(resource, [FINDING])));
}
await report.end({
  ...{ compliant: 0, nonCompliant: all * 0.9, notApplicable: 0, errors: all * 0.1 },
  severities: { CRITICAL: 0, HIGH: all * 0.9, MEDIUM: 0, LOW: 0 },
  ...{ waived: 0, waivers: null, failing: all * 0.9, failOn: 'LOW', onError: 'fail' },
});
const { user, system } = process.cpuUsage(used);
console.log(
  JSON.stringify({
    seconds: (performance.now() - start) / 1000,
    processor: (user + system) / 1e6,
    bytes,
    // maxRSS is in kilobytes.
    memory: process.resourceUsage().maxRSS * 1024 - before,
  }),
);
