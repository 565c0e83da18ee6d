/** `groundrules template`: the deployment as files for plain CloudFormation. */
import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PACKAGE_ROOT, VERSION } from '../../package.ts';
import type { Both, Language } from '../../report/both.ts';
import { buildWhatIsMissing } from '../cdk/missing-build.ts';
import { checkInstalled } from '../cdk/run.ts';
import { refuseS3 } from '../evaluate/s3-place.ts';
import { SETTINGS_FILE, withoutMistakes } from '../options/settings.ts';
import { UsageError } from '../program/errors.ts';
import type { World } from '../program/world.ts';
import type { Arguments, Options } from './command.ts';
import { writeFiles } from './write.ts';

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
  { output, config, region, readerRole }: Options,
  world: World,
): Promise<number> {
  refuseS3(output);
  const { complain, folder, language, print } = world;
  if (readerRole) {
    if (region || config !== undefined) {
      throw new UsageError({
        en: '--reader-role goes by no settings, and IAM has no Regions: leave --config and --region out',
        ko: '--reader-role은 설정을 따르지 않고 IAM에는 리전이 없습니다. --config와 --region을 빼십시오',
      });
    }
    const { writeReaderRole } = await import('./reader-role.ts');
    return writeReaderRole(output, world);
  }
  const say = (line: Both) => complain(`${line[language]}\n`);
  checkInstalled(['aws-cdk-lib', 'constructs'], folder);
  buildWhatIsMissing(say);
  const deploy: Deploy = await import(pathToFileURL(join(PACKAGE_ROOT, 'dist/deploy/index.mjs')).href);
  const shown = relative(folder, resolve(folder, output)) || '.';
  const settings = resolve(folder, config ?? SETTINGS_FILE);
  const { files, regions, leftOut } = await withoutMistakes(
    () => make(deploy, { config, region, folder }),
    undefined,
    existsSync(settings) ? settings : undefined,
  );
  for (const line of leftOut) complain(`${line}\n`);
  const commands = commandsOf(regions, shown, deploy.DEFAULT_PREFIX);
  const readme = `# ${pageAround.en(`\`\`\`sh\n${commands}\n\`\`\``)}`;
  writeFiles(output, [...files, { path: 'README.md', content: readme }], folder);
  const done = {
    en: `Written to ${shown}: ${files.length} files, and this text as README.md`,
    ko: `${shown}에 저장함: 파일 ${files.length}개와, 영어로 된 이 내용 README.md`,
  };
  print(`${pageAround[language](commands)}\n${done[language]}\n`);
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
    throw new UsageError({
      en: `--region ${others.join(' ')}: the settings have ${settings.regions.join(', ')} (regions in ${config ?? SETTINGS_FILE})`,
      ko: `--region ${others.join(' ')}: 설정에는 ${settings.regions.join(', ')}만 있습니다 (${config ?? SETTINGS_FILE}의 regions)`,
    });
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
const pageAround: Readonly<Record<Language, (commands: string) => string>> = {
  en: (commands) => `Groundrules ${VERSION} as plain CloudFormation

For each Region, a bucket of yours in that Region, because Lambda takes code from its own Region only, and two commands. The
same two update it, and "aws cloudformation delete-stack" removes it:

${commands}

AWS Config has to record there. The templates describe their parameters: who is told (NotificationEmail), how long logs are
kept, and what the rules go by. Everything else is up to groundrules.config.json: write the files again with it.
`,
  ko: (commands) => `Groundrules ${VERSION}: 일반 CloudFormation

리전마다 그 리전에 있는 내 버킷 하나와(Lambda는 같은 리전의 코드만 받습니다) 명령 두 개가 필요합니다. 같은 두 명령으로
업데이트하고, "aws cloudformation delete-stack"으로 제거합니다:

${commands}

그 리전에서 AWS Config가 기록하고 있어야 합니다. 누구에게 알릴지(NotificationEmail), 로그를 얼마나 보관할지, 규칙이 무엇을
따를지는 템플릿의 파라미터에 설명되어 있습니다. 나머지는 groundrules.config.json에 적고 파일을 다시 만드십시오.
`,
};
