import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FRAMEWORKS } from '../../catalogue/index.ts';
import { SHELLS } from '../../cli/completion/command.ts';
import { commandList } from '../../report/commands.ts';
import { folderOf, removeFolders } from '../account/snapshot/support.ts';
import { call, worldOf } from './support.ts';

interface Policy {
  readonly Statement: readonly { readonly Action: string[]; readonly Resource: string | string[] }[];
}
async function printed(command: string, args: readonly (string | undefined)[], options: object = {}) {
  const at = worldOf();
  expect(await call(command, args, options, at.world)).toBe(0);
  return at.text();
}
const policy = async (command: string | undefined, options: object): Promise<Policy> =>
  JSON.parse(await printed('permissions', [command], options));
const actionsOf = async (command: string | undefined, options: object) =>
  (await policy(command, options)).Statement.flatMap(({ Action }) => Action);

describe('permissions', () => {
  test('of an evaluation change nothing', async () => {
    const actions = await actionsOf(undefined, {});
    expect(actions).toContain('s3:GetBucketPolicy');
    expect(actions.filter((action) => !/:(Get|List|Describe|Generate|View)/.test(action))).toEqual([]);
    expect(await actionsOf('collect', {})).toEqual(actions);
  });

  test('of one rule are what it reads, held to their kind', async () => {
    const { Statement } = await policy('evaluate', { rule: ['s3-public'] });
    expect(Statement.flatMap(({ Action }) => Action).join()).not.toMatch(/iam:|ec2:DescribeSecurityGroups/);
    expect(Statement).toContainEqual(expect.objectContaining({ Resource: 'arn:aws:s3:::*' }));
    const inChina = { rule: ['s3-public'], partition: 'aws-cn' };
    expect(await printed('permissions', ['evaluate'], inChina)).toContain('arn:aws-cn:s3:::*');
  });

  test('of a fix have what its document calls, and not what is done in the command’s own process', async () => {
    const actions = await actionsOf('remediate', { rule: ['s3-public'] });
    expect(actions).toContain('s3:PutBucketPublicAccessBlock');
    expect(actions.join()).not.toMatch(/lambda:|ssm:GetAutomationExecution/);
  });

  test('of a fix that attaches a policy let it attach and detach no other', async () => {
    const { Statement } = await policy('remediate', { rule: ['iam-mfa-enforced'] });
    expect(Statement).toContainEqual({
      Effect: 'Allow',
      Action: ['iam:AttachGroupPolicy', 'iam:DetachGroupPolicy'],
      Resource: 'arn:aws:iam::*:group/groundrules-require-mfa',
      Condition: { ArnEquals: { 'iam:PolicyARN': 'arn:aws:iam::*:policy/GroundrulesRequireMfa' } },
    });
  });

  test('of every fix there is can be said', async () => {
    expect((await actionsOf('remediate', {})).length).toBeGreaterThan(20);
  });

  test.each([
    ['deploy', {}, /^permissions deploy: expected evaluate, collect or remediate/],
    ['evaluate', { rule: ['s3-publik'] }, /did you mean s3-public/],
    ['evaluate', { rule: [''] }, /^--rule: the value is empty/],
  ] as const)('%s %j is refused', async (command, options, message) => {
    await expect(call('permissions', [command], options)).rejects.toThrow(message);
  });
});

/** As bash does it when Tab is pressed at the end of the line. */
const IN_BASH = `
eval "$(cat)"
COMP_WORDS=(groundrules "$@")
COMP_CWORD=$#
COMPREPLY=()
_groundrules
printf '%s\\n' "\${COMPREPLY[@]}"
`;
/**
 * As zsh does it at the first Tab, when it reads the function from a folder of $fpath: what comes of the names is compsys's, which
 * needs a terminal.
 */
const IN_ZSH = `
fpath=($PWD)
autoload -Uz _groundrules
compadd() { shift; print -l -- "$@" }
_describe() { print -l -- "\${(@)\${(P@)2}%%:*}" }
_files() {}
compdef() { print -u2 "not at the first Tab" }
words=(groundrules "$@")
CURRENT=$#words
PREFIX=$words[-1]
_groundrules
`;
const IN_FISH = 'source _groundrules; complete -C "groundrules $argv" | string split -f 1 \\t';
/** Of the shells that not every machine has, those that this one has. */
const HERE = Object.entries({ zsh: IN_ZSH, fish: IN_FISH }).filter(
  ([shell]) => spawnSync(shell, ['--version']).status === 0,
);
afterAll(removeFolders);

describe('completion', () => {
  test.each(SHELLS)('%s knows commands, options and values', async (shell) => {
    const script = await printed('completion', [shell]);
    for (const word of ['evaluate', 'live', 'rule', 's3-public']) expect(script).toContain(word);
  });
  test.each<[line: string[], offered: string | string[]]>([
    [['ev'], ['evaluate']],
    [['remediate', '--sev'], ['--severity']],
    [['remediate', '--severity', 'C'], ['CRITICAL']],
    [['remediate', '--rule', 'rds-audit'], ['rds-audit-log']],
    [['remediate', 's3'], ['s3-public']],
    // What bash then does by default: files.
    [['remediate', '--from', ''], []],
    [['remediate', '--from', 's'], []],
    [['attest', '--status', 'NOT'], ['NOT_APPLICABLE']],
    [['controls', '--framework', 'PCI'], Object.keys(FRAMEWORKS).filter((name) => name.startsWith('PCI'))],
    [
      ['evaluate', '--region', 'eu-west-'],
      ['eu-west-1', 'eu-west-2', 'eu-west-3'],
    ],
  ])('bash itself, after groundrules %j, offers %j', async (words, offered) => {
    const { status, stdout } = spawnSync('bash', ['-c', IN_BASH, 'bash', ...words], {
      input: await printed('completion', ['bash']),
      encoding: 'utf8',
    });
    expect([status, stdout.split('\n').filter(Boolean)]).toEqual([0, offered]);
  });
  for (const [shell, script] of HERE) {
    test.each<[line: string[], offered: string[]]>([
      [['ev'], ['evaluate']],
      [['remediate', '--sev'], ['--severity']],
      [['remediate', '--severity', 'C'], ['CRITICAL']],
      [['attest', '--status', 'NOT'], ['NOT_APPLICABLE']],
      [['remediate', 's3-p'], ['s3-public']],
    ])(`${shell} itself, after groundrules %j, offers %j`, async (words, offered) => {
      const folder = await folderOf({});
      writeFileSync(join(folder, '_groundrules'), await printed('completion', [shell]));
      const { stdout, stderr } = spawnSync(
        shell,
        ['-c', script, ...(shell === 'zsh' ? ['zsh'] : []), ...words],
        {
          cwd: folder,
          encoding: 'utf8',
        },
      );
      expect([stderr, stdout.split('\n').filter((line) => line.startsWith(words.at(-1) ?? ''))]).toEqual([
        '',
        offered,
      ]);
    });
  }
  test('another shell is refused', async () => {
    await expect(call('completion', ['csh'])).rejects.toThrow(/expected bash, zsh or fish/);
  });
});

describe('commands', () => {
  const lines = [
    ['$ groundrules evaluate --region eu-west-1 --rule sg-open-ports --format json', 'one rule'],
  ] as const;
  test('beside what they do, where there is room', () => {
    expect(commandList(lines, { colour: false, width: 120 })).toBe(`  ${lines[0][0]}  one rule`);
  });
  test('broken before an option, so that they can be copied', () => {
    expect(commandList(lines, { colour: false, width: 60 })).toBe(
      '  $ groundrules evaluate --region eu-west-1 \\\n      --rule sg-open-ports --format json\n      one rule',
    );
  });
});
