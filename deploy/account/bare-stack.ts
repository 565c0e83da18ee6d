/** The account stack for whoever deploys without the CDK: no assets, and no bootstrapping of the account. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, BootstraplessSynthesizer, type IStackSynthesizer } from 'aws-cdk-lib';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Settings } from '../settings/index.ts';
import { namesOf } from './names.ts';
import { AccountStack } from './stack.ts';

export interface BareStack<Code extends lambda.Code> {
  readonly app: App;
  readonly stack: AccountStack;
  /** The code of its functions, by the functions' ids. */
  readonly code: ReadonlyMap<string, Code>;
}

/** @param codeOf where a function's code will be, by the function's id; each is asked once. */
export function bareStack<Code extends lambda.Code>(
  settings: Settings,
  region: string,
  codeOf: (id: string) => Code,
  outdir?: string,
): BareStack<Code> {
  const app = new App({
    analyticsReporting: false,
    autoSynth: false,
    treeMetadata: false,
    // The CDK's validation takes seconds a template and only warns. The tests check the templates with cfn-lint.
    builtinCloudFormationValidation: false,
    ...(outdir !== undefined && { outdir }),
  });
  const code = new Map<string, Code>();
  const stack = new AccountStack(app, namesOf(settings).stack(region), {
    settings,
    region,
    env: { region },
    // This synthesizer throws at the first asset, and needs no bootstrapping.
    synthesizer: new BootstraplessSynthesizer() as IStackSynthesizer,
    code: (id) => {
      const one = code.get(id) ?? codeOf(id);
      code.set(id, one);
      return one;
    },
  });
  return { app, stack, code };
}

/** Runs with a temporary folder for the assembly. */
export function inTemporaryFolder<T>(run: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'groundrules-assembly-'));
  try {
    return run(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
