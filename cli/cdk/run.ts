/** `groundrules deploy`, `synth`, `diff`, `destroy`: the CDK's own commands, on the app that comes along. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import type { Settings } from '../../deploy/settings/index.ts';
import { PACKAGE_ROOT } from '../../package.ts';
import { pascalCase } from '../../rules/names.ts';
import { readSettingsFile } from '../options/settings.ts';
import { UsageError } from '../program/errors.ts';
import type { World } from '../program/world.ts';
import type { Arguments, Options } from './declared.ts';
import { buildWhatIsMissing } from './missing-build.ts';

type CdkCommand = 'deploy' | 'synth' | 'diff' | 'destroy';

/** The program and arguments that a command runs. */
export interface CdkCall {
  /** The CDK's command line, a file for Node. */
  readonly cdk: string;
  readonly args: readonly string[];
}

/**
 * Runs the CDK in the current folder, and gives its exit status.
 *
 * @throws {UsageError} when the CDK or the settings are not there, or the settings are wrong.
 */
export const runCdk =
  (command: CdkCommand) =>
  async ([rest]: Arguments, options: Options, world: World): Promise<number> => {
    const settings = await readDeployed(options, world.folder);
    const { cdk, args } = cdkCall(command, rest, options, settings, world.folder);
    if (command === 'deploy' && options.preflight !== false) {
      const { keepsFromDeploying } = await import('../preflight/run.ts');
      if (await keepsFromDeploying(settings, options, world)) {
        const said = {
          en: 'nothing was deployed. Mend the errors above, or go on all the same with --no-preflight',
          ko: '아무것도 배포하지 않았습니다. 위의 오류를 바로잡거나, 그래도 하려면 --no-preflight를 주십시오',
        };
        world.complain(`groundrules: ${said[world.language]}\n`);
        return 1;
      }
    }
    buildWhatIsMissing((line) => world.complain(`${line[world.language]}\n`));
    const child = spawn(process.execPath, [cdk, ...args], { stdio: 'inherit' });
    return new Promise((done, fail) => {
      child.once('error', fail);
      // Ctrl-C reaches the CDK by itself, so this process only waits for it.
      child.once('close', (status, signal) => done(status ?? (signal ? 130 : 2)));
    });
  };

/**
 * The settings of what is deployed. They are read here first, because the app's message would stand under the CDK's
 * stack trace.
 *
 * @throws {UsageError}
 */
export async function readDeployed({ config }: Options, folder: string): Promise<Settings> {
  const file = resolve(folder, config);
  if (existsSync(file)) return readSettingsFile(file);
  throw new UsageError({
    en: `${config} is missing: it says what to deploy where, the least is {"homeRegion": "us-east-1"} (docs/deploy.md)`,
    ko: `${config}이(가) 없습니다. 무엇을 어디에 배포할지 적는 파일이며, 최소한 {"homeRegion": "us-east-1"}이 필요합니다 (docs/deploy.md)`,
  });
}

/** @throws {UsageError} */
export function cdkCall(
  command: CdkCommand,
  rest: readonly string[],
  { config, profile, requireApproval }: Options,
  settings: Settings,
  folder: string,
): CdkCall {
  const prefix = pascalCase(settings.namePrefix);
  const cdk = findCdk(folder);
  // The value of one of the CDK's options is no stack: those of this app are known by how they begin.
  const namesStacks = rest.some((one) => one.startsWith(prefix) || /^[^-]*[*?]/.test(one) || one === '--all');
  if (settings.organization !== false && !namesStacks && command !== 'synth') {
    // No credentials work for both accounts: the CDK would stop at the second one, with the first one deployed.
    throw new UsageError({
      en: `an organization's stacks are in several accounts: name those of the one whose credentials these are (docs/organization.md has the order)`,
      ko: `조직의 스택은 여러 계정에 있습니다. 이 자격 증명의 계정에 있는 스택을 지정하십시오 (순서는 docs/organization.md)`,
    });
  }
  const isForAll = namesStacks || command === 'synth' || command === 'diff';
  // One stack's template would be printed: hundreds of resources, which are in cdk.out anyway.
  const quiet = command === 'synth' && !rest.some((one) => /^(-q|--quiet)/.test(one)) ? ['--quiet'] : [];
  return {
    cdk,
    args: [
      command,
      '--app',
      `node ${appFrom(folder)}`,
      '--context',
      `groundrules:config=${resolve(folder, config)}`,
      ...(profile === undefined ? [] : ['--profile', profile]),
      ...(requireApproval === undefined ? [] : ['--require-approval', requireApproval]),
      ...(isForAll ? [] : ['--all']),
      ...quiet,
      ...rest,
    ],
  };
}

/** The app as seen from a folder: the CDK takes a command line apart at its spaces, whatever is quoted. */
function appFrom(folder: string): string {
  const app = relative(folder, join(PACKAGE_ROOT, 'dist', 'deploy', 'app.mjs'));
  if (!app.includes(' ')) return app;
  throw new UsageError({
    en: `the CDK cannot run ${app}, which has a space in it: install groundrules in this project`,
    ko: `CDK는 경로에 공백이 있는 ${app}을(를) 실행할 수 없습니다. 이 프로젝트에 groundrules를 설치하십시오`,
  });
}

/** With the majors that fit each other: a command line cannot read what a newer library wrote. */
const NEEDED = { 'aws-cdk': 2, 'aws-cdk-lib': 2, constructs: 10 } as const;

type Needed = keyof typeof NEEDED;

/** @throws {UsageError} when a package of the CDK is not there, with the command that installs all of them. */
export function checkInstalled(packages: readonly Needed[], folder: string): void {
  const missing = packages.filter((name) => packageFile(name, folder) === undefined);
  if (missing.length === 0) return;
  const wanted = packages.map((name) => `${name}@${NEEDED[name]}`);
  throw new UsageError({
    en: `the AWS CDK is not installed (${missing.join(', ')}): npm install --save-dev groundrules ${wanted.join(' ')}, in this project`,
    ko: `AWS CDK가 설치되어 있지 않습니다 (${missing.join(', ')}). 이 프로젝트에서 npm install --save-dev groundrules ${wanted.join(' ')}을(를) 실행하십시오`,
  });
}

/** The app needs the library beside this package; the command line may be the user's project's. */
function findCdk(folder: string): string {
  checkInstalled(Object.keys(NEEDED) as Needed[], folder);
  const manifest = packageFile('aws-cdk', folder) as string;
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: string | Record<string, string> };
  const file = typeof bin === 'string' ? bin : bin.cdk;
  if (file === undefined)
    throw new UsageError({
      en: `${manifest} names no command cdk: install aws-cdk again`,
      ko: `${manifest}에 cdk 명령이 없습니다. aws-cdk를 다시 설치하십시오`,
    });
  return join(dirname(manifest), file);
}

/** A package's package.json, as seen from a folder and, for what the app imports, from this package. */
function packageFile(name: string, folder: string): string | undefined {
  const places = name === 'aws-cdk' ? [folder, PACKAGE_ROOT] : [PACKAGE_ROOT];
  for (const place of places) {
    try {
      return createRequire(join(place, 'package.json')).resolve(`${name}/package.json`);
    } catch {
      // Not there: the next place, or an error that says what is missing.
    }
  }
  return undefined;
}
