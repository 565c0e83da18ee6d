import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { DEFAULT_FLAGS } from '../../deploy/flags.ts';

interface Flag {
  readonly userValue?: unknown;
  readonly recommendedValue: unknown;
  readonly unconfiguredBehavesLike?: unknown;
}

/** The flags of which the CDK's command line would say that they are not configured. */
function unsaid(context: Readonly<Record<string, unknown>>): string[] {
  const outdir = mkdtempSync(join(tmpdir(), 'groundrules-flags-'));
  try {
    const app = new App({ outdir, analyticsReporting: false, context });
    new CfnResource(new Stack(app, 'Stack'), 'Topic', { type: 'AWS::SNS::Topic' });
    app.synth();
    const { artifacts } = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8')) as {
      artifacts: Record<string, { type: string; properties: { flags: Record<string, Flag> } }>;
    };
    const report = Object.values(artifacts).find(({ type }) => type === 'cdk:feature-flag-report');
    return Object.entries(report?.properties.flags ?? {})
      .filter(([, flag]) => flag.userValue === undefined)
      .filter(([, flag]) => flag.recommendedValue !== flag.unconfiguredBehavesLike)
      .map(([name]) => name);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

test('synth reminds nobody of feature flags', () => {
  expect(unsaid({}).length).toBeGreaterThan(10);
  expect(unsaid(DEFAULT_FLAGS).filter((name) => name in DEFAULT_FLAGS)).toEqual([]);
});
