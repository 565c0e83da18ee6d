/** The real CDK on the built app: no credentials, no network, and the same assembly every time. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { built, groundrules } from '../support/command.ts';

jest.setTimeout(180_000);

let project: string;
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'groundrules-synth-'));
  const settings = { homeRegion: 'eu-west-1', regions: ['eu-west-1', 'us-east-1'], securityHub: {} };
  writeFileSync(join(project, 'groundrules.config.json'), JSON.stringify(settings));
  built(join(process.cwd(), 'dist/lambda/root-mfa/index.mjs'), 'functions');
  built(join(process.cwd(), 'dist/deploy/app.mjs'), 'deploy');
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

/** Every file of an assembly, by its hash. */
const hashes = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      // The CDK's own note of how long it took, which it does not always leave.
      .filter((entry) => entry.isFile() && entry.name !== 'performance-counters.json')
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [
        file.slice(folder.length),
        createHash('sha256').update(readFileSync(file)).digest('hex'),
      ]),
  );

test('two runs write the same assembly, byte for byte, be it validated or not', async () => {
  const assemblies: Record<string, string>[] = [];
  for (const [output, env] of [
    ['one', {}],
    ['other', { CDK_VALIDATION: 'false' }],
  ] as const) {
    const args = ['synth', '--quiet', '--output', output];
    const { status, stderr } = await groundrules(args, { cwd: project, env });
    expect([status, stderr.replace(/npm warn.*\n/g, '')]).toEqual([0, expect.not.stringMatching(/error/i)]);
    assemblies.push(hashes(join(project, output)));
  }
  const [validated = {}, other] = assemblies;
  const { '/validation-report.json': report, ...one } = validated;
  expect(report).toEqual(expect.any(String));
  expect(one).toEqual(other);
  expect(Object.keys(one)).toEqual(
    expect.arrayContaining(['/Groundrules-eu-west-1.template.json', '/Groundrules-us-east-1.template.json']),
  );
});
