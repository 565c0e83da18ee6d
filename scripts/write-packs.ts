/** What `npm run packs` does. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { partitionOf, regionOf, UnknownRegionError } from '../catalogue/availability.ts';
import { type Control, DOMAINS, type Domain } from '../catalogue/index.ts';
import { namesOf } from '../deploy/account/names.ts';
import {
  controlsOf,
  FUNCTIONS,
  leftOut,
  PackLimitError,
  type PackTemplate,
  packTemplate,
  packYaml,
  remediationFor,
  remediationSettings,
  remediations,
} from '../deploy/packs/index.ts';
import { loadSettings, readSettings, type Settings, SettingsError } from '../deploy/settings/index.ts';

interface Options {
  readonly region?: string;
  readonly homeRegion?: string;
  readonly account?: string;
  readonly config?: string;
  readonly functions?: string;
  readonly output: string;
}

/** What the files are made from. */
interface Plan {
  readonly settings: Settings;
  readonly region: string;
  readonly account?: string;
  readonly functions?: string;
}

/** Where it prints to. */
export interface Printing {
  readonly out: (line: string) => void;
  readonly err: (text: string) => void;
}

/** @returns the exit status. */
export function writePacks(args: readonly string[], { out, err }: Printing): number {
  const program = new Command('npm run packs --')
    .description('Writes the conformance packs of one Region.')
    .option('--region <region>', 'where the packs will be put (default: the home Region)')
    .option(
      '--home-region <region>',
      'where global resources are judged (default: the settings, or --region)',
    )
    .option('--account <id>', 'adds remediations, whose roles are in this account', (id) => {
      if (/^\d{12}$/.test(id)) return id;
      throw new InvalidArgumentError('expected twelve digits');
    })
    .option('--config <file>', 'a groundrules.config.json')
    .option(
      '--functions <arn-prefix>',
      'the ARN of the functions without the rule id: custom rules are then on',
    )
    .option('--output <folder>', 'where to write', join('dist', 'packs'))
    .configureOutput({ writeOut: (text) => out(text.trimEnd()), writeErr: err })
    .exitOverride();
  try {
    const options = program.parse(args, { from: 'user' }).opts<Options>();
    write(planOf(options), options.output, out);
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    const isUsers =
      error instanceof SettingsError ||
      error instanceof PackLimitError ||
      error instanceof UnknownRegionError;
    if (!isUsers) throw error;
    err(`packs: ${error.message}\n`);
    return 2;
  }
}

function planOf({ region, homeRegion, account, config, functions }: Options): Plan {
  const given = config === undefined ? undefined : loadSettings(config);
  const home = homeRegion ?? given?.homeRegion ?? region ?? 'us-east-1';
  const here = region ?? home;
  const settings = given
    ? { ...given, homeRegion: home, regions: [...new Set([home, here])] }
    : readSettings({ homeRegion: home, regions: [...new Set([home, here])] });
  if (functions !== undefined) checkFunctions(functions, here, account);
  return {
    settings,
    region: here,
    ...(account !== undefined && { account }),
    ...(functions !== undefined && { functions }),
  };
}

/** A rule and its function are in the same Region. */
function checkFunctions(functions: string, region: string, account: string | undefined): void {
  const expected = `arn:${partitionOf(region)}:lambda:${region}:${account ?? '\\d{12}'}:function:`;
  if (!new RegExp(`^${expected}[A-Za-z0-9_-]*$`).test(functions)) {
    throw new SettingsError(
      `--functions ${functions}: expected ${expected.replace('\\d{12}', '<account>')}groundrules-`,
    );
  }
}

function write(plan: Plan, folder: string, out: Printing['out']): void {
  mkdirSync(folder, { recursive: true });
  for (const domain of DOMAINS) {
    const file = join(folder, `${domain}.yaml`);
    // A pack that has nothing here must not be left over from another Region.
    rmSync(file, { force: true });
    const template = plan.settings.packs.includes(domain) ? templateOf(domain, plan) : undefined;
    if (template) writeFileSync(file, packYaml(template));
    out(report(domain, template, file, plan));
  }
}

function templateOf(
  domain: Domain,
  { settings, region, account, functions }: Plan,
): PackTemplate | undefined {
  return packTemplate({
    settings,
    domain,
    region,
    ...(functions !== undefined && { functions }),
    // The ARN of a remediation's role is a text: without an account there is none.
    ...(account !== undefined && { remediationOf: remediations({ settings, account, region }) }),
  });
}

function report(domain: Domain, template: PackTemplate | undefined, file: string, plan: Plan): string {
  if (!template) return `${domain}: nothing in ${plan.region}\n${absent(domain, plan)}`;
  const types = Object.values(template.Resources).map(({ Type }) => Type);
  const rules = types.filter((type) => type === 'AWS::Config::ConfigRule').length;
  const fixes = types.length - rules;
  const parameters = Object.keys(template.Parameters ?? {}).length;
  const bytes = Buffer.byteLength(packYaml(template));
  return `${file}: rules ${rules}, remediations ${fixes}, parameters ${parameters}, bytes ${bytes}
  ${command(domain, template, file, plan)}
${absent(domain, plan)}`;
}

function command(domain: Domain, template: PackTemplate, file: string, plan: Plan): string {
  const wantsFunctions = plan.functions === undefined && Object.hasOwn(template.Parameters ?? {}, FUNCTIONS);
  return [
    `aws configservice put-conformance-pack --region ${plan.region} --conformance-pack-name ${namesOf(plan.settings).pack(domain)}`,
    `--template-body file://${file}`,
    ...(wantsFunctions
      ? [
          `[--conformance-pack-input-parameters ParameterName=${FUNCTIONS},ParameterValue=arn:${partitionOf(plan.region)}:lambda:${plan.region}:<account>:function:groundrules-]`,
        ]
      : []),
  ].join(' ');
}

/** What is not in the file, and why. */
function absent(domain: Domain, plan: Plan): string {
  const { settings, region, functions } = plan;
  const place = { settings, domain, region };
  const here = settings.packs.includes(domain) ? controlsOf(place) : [];
  const custom = here.filter(({ kind }) => kind === 'custom');
  const isAll = custom.length === here.length;
  const reasons: Reason[] = [
    ...leftOut(place).map(({ control, why }): Reason => [why, control]),
    ...(functions === undefined
      ? custom.map(
          (control): Reason => [
            `off until ${FUNCTIONS} is given${isAll ? ', without which AWS Config takes no such pack' : ''}`,
            control,
          ],
        )
      : []),
    ...(plan.account === undefined ? [] : here.flatMap((control) => unremedied(control, plan))),
  ];
  const byReason = new Map<string, string[]>();
  for (const [why, { id }] of reasons) byReason.set(why, [...(byReason.get(why) ?? []), id]);
  return [...byReason].map(([why, ids]) => `  - ${why}: ${ids.join(', ')}\n`).join('');
}

type Reason = readonly [why: string, control: Control];

/** Of those only that have a document: the catalogue says why the others have none. */
function unremedied(control: Control, { settings, region, account = '' }: Plan): Reason[] {
  const chosen = remediationSettings(control, settings);
  if (chosen.mode === 'off' || !/-document$/.test(control.remediation.kind)) return [];
  if (regionOf(region).remediation === 'no')
    return [[`AWS Config has no remediations in ${region}`, control]];
  const found = remediationFor(control, chosen, { settings, account, region });
  return 'none' in found ? [[`no remediation: ${found.none}`, control]] : [];
}
