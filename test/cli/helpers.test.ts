import { Command } from 'commander';
import { completionScript, SHELLS } from '../../cli/completion.ts';
import { permissionsPolicy } from '../../cli/permissions-command.ts';
import { commandList } from '../../report/commands.ts';

interface Policy {
  readonly Statement: readonly { readonly Action: string[]; readonly Resource: string | string[] }[];
}
const actionsOf = (...call: Parameters<typeof permissionsPolicy>) =>
  (JSON.parse(permissionsPolicy(...call)) as Policy).Statement.flatMap(({ Action }) => Action);

describe('permissions', () => {
  test('of an evaluation change nothing', () => {
    const actions = actionsOf(undefined, {});
    expect(actions).toContain('s3:GetBucketPolicy');
    expect(actions.filter((action) => !/:(Get|List|Describe|Generate)/.test(action))).toEqual([]);
    expect(actionsOf('collect', {})).toEqual(actions);
  });

  test('of one rule are what it reads, held to their kind', () => {
    const { Statement } = JSON.parse(permissionsPolicy('evaluate', { rule: ['s3-public'] })) as Policy;
    expect(Statement.flatMap(({ Action }) => Action).join()).not.toMatch(/iam:|ec2:DescribeSecurityGroups/);
    expect(Statement).toContainEqual(expect.objectContaining({ Resource: 'arn:aws:s3:::*' }));
    expect(permissionsPolicy('evaluate', { rule: ['s3-public'], partition: 'aws-cn' })).toContain(
      'arn:aws-cn:s3:::*',
    );
  });

  test('of a fix have what its document calls, and not what is done in the command’s own process', () => {
    const actions = actionsOf('remediate', { rule: ['s3-public'] });
    expect(actions).toContain('s3:PutBucketPublicAccessBlock');
    expect(actions.join()).not.toMatch(/lambda:|ssm:GetAutomationExecution/);
  });

  test('of every fix there is can be said', () => {
    expect(actionsOf('remediate', {}).length).toBeGreaterThan(20);
  });

  test.each([
    ['deploy', {}, /^permissions deploy: expected evaluate or collect or remediate/],
    ['evaluate', { rule: ['s3-publik'] }, /did you mean s3-public/],
    ['evaluate', { rule: [''] }, /^--rule: the value is empty/],
  ] as const)('%s %j is refused', (command, options, message) => {
    expect(() => permissionsPolicy(command, options)).toThrow(message);
  });
});

describe('completion', () => {
  const program = new Command('groundrules');
  program
    .command('evaluate')
    .summary("judge: an account's")
    .option('--rule <id...>', 'these')
    .option('--live', 'live');
  test.each(SHELLS)('%s knows commands, options and values', (shell) => {
    const script = completionScript(shell, program);
    for (const word of ['evaluate', 'live', 'rule', 's3-public']) expect(script).toContain(word);
  });
  test('another shell is refused', () => {
    expect(() => completionScript('csh', program)).toThrow(/expected bash or zsh or fish/);
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
