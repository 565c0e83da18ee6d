/** `groundrules template`: the deployment as files for plain CloudFormation. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PACKAGE_ROOT, VERSION } from '../../package.ts';
import { buildWhatIsMissing } from '../cdk/missing-build.ts';
import { checkInstalled } from '../cdk/run.ts';
import { SETTINGS_FILE, withoutMistakes } from '../options/settings.ts';
import { UsageError } from '../program/errors.ts';
import type { World } from '../program/world.ts';
import type { Arguments, Options } from './command.ts';

type Deploy = Pick<
  typeof import('../../deploy/index.ts'),
  'DEFAULT_PREFIX' | 'loadSettings' | 'plainDeployment' | 'readSettings'
>;

/**
 * `groundrules template`: writes the templates, the code and a page with the commands into a folder.
 *
 * @throws {UsageError} when the settings are wrong, the CDK's library is not there, or the folder cannot be written.
 */
export async function run(
  _: Arguments,
  { output, config, region }: Options,
  { complain, folder, print }: World,
): Promise<number> {
  const say = (line: string) => complain(`${line}\n`);
  checkInstalled(['aws-cdk-lib', 'constructs'], folder);
  buildWhatIsMissing(say);
  const deploy: Deploy = await import(pathToFileURL(join(PACKAGE_ROOT, 'dist/deploy/index.mjs')).href);
  const target = resolve(folder, output);
  const shown = relative(folder, target) || '.';
  const { files, regions, leftOut } = await withoutMistakes(() => make(deploy, { config, region, folder }));
  for (const line of leftOut) say(line);
  const commands = commandsOf(regions, shown, deploy.DEFAULT_PREFIX);
  const readme = `# ${pageAround(`\`\`\`sh\n${commands}\n\`\`\``)}`;
  try {
    for (const { path, content } of [...files, { path: 'README.md', content: readme }]) {
      mkdirSync(dirname(join(target, path)), { recursive: true });
      writeFileSync(join(target, path), content);
    }
  } catch (error) {
    throw new UsageError(`${shown} cannot be written: ${(error as Error).message}`);
  }
  print(`${pageAround(commands)}\nWritten to ${shown}: ${files.length} files, and this text as README.md\n`);
  return 0;
}

interface Asked {
  readonly config: string | undefined;
  readonly region: readonly string[] | undefined;
  readonly folder: string;
}

/** Without settings: the defaults, with the first Region that is named as the home Region. */
function make({ loadSettings, readSettings, plainDeployment }: Deploy, { config, region, folder }: Asked) {
  const file = resolve(folder, config ?? SETTINGS_FILE);
  if (config === undefined && !existsSync(file)) {
    const [homeRegion] = region ?? [];
    return plainDeployment(readSettings({ ...(homeRegion && { homeRegion, regions: [...(region ?? [])] }) }));
  }
  const settings = loadSettings(file);
  const others = region?.filter((one) => !settings.regions.includes(one)) ?? [];
  if (others.length > 0) {
    throw new UsageError(
      `--region ${others.join(' ')}: the settings have ${settings.regions.join(', ')} (regions in ${config ?? SETTINGS_FILE})`,
    );
  }
  return plainDeployment(settings, region);
}

/** The two commands for each Region. */
function commandsOf(
  regions: readonly { readonly region: string; readonly stackName: string; readonly template: string }[],
  folder: string,
  prefix: string,
): string {
  const at = (path: string) => (folder === '.' ? path : `${folder}/${path}`);
  return regions
    .map(({ region, stackName, template }) => {
      const bucket = `BUCKET-${region}`;
      return `aws s3 cp ${at('code')} s3://${bucket}/${prefix}/ --recursive --region ${region}
aws cloudformation deploy --region ${region} --stack-name ${stackName} \\
  --template-file ${at(template)} --s3-bucket ${bucket} --s3-prefix ${prefix} \\
  --capabilities CAPABILITY_NAMED_IAM --parameter-overrides CodeBucket=${bucket}`;
    })
    .join('\n\n');
}

/** What to do with the files: the page that lies beside them, and what the command prints. */
const pageAround = (commands: string) => `Groundrules ${VERSION} as plain CloudFormation

For each Region, a bucket of yours in that Region, because Lambda takes code from its own Region only, and two commands. The
same two update it, and "aws cloudformation delete-stack" removes it:

${commands}

AWS Config has to record there. The templates describe their parameters: who is told (NotificationEmail), how long logs are
kept, and what the rules go by. Everything else is up to groundrules.config.json: write the files again with it.
`;
