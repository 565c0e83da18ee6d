import { reportRows } from '../../account/services/iam/credential-report.ts';
import { readReport } from '../../account/services/iam/credential-report-row.ts';
import accessKeyAge from '../../rules/access-key-age/rule.ts';
import { ago, readingsOf } from '../support/access-keys.ts';
import { ACCOUNT, judged, memoryAccount } from '../support/memory.ts';

const CSV = 'global/iam/get-credential-report.csv';
const old: [boolean, string] = [true, ago(331)];
const report = String(readingsOf({ report: { ara: [], bora: [old] }, users: 'not collected' })[CSV]);
const lines = report.split('\n');
const arnOf = (user: string) => `arn:aws:iam::${ACCOUNT}:user/${user}`;
const odd = (user: string, arn = arnOf(user)) => lines[2]?.replace(/^ara,[^,]*/, `${user},${arn}`) as string;
const say = async (...csv: string[]) =>
  (await judged(accessKeyAge, memoryAccount({ [CSV]: csv.join('\n') }))).map(
    ({ id, compliance }) => `${id} ${compliance}`,
  );

describe('a row that does not fit the header costs its own user only', () => {
  const others = [`${ACCOUNT} COMPLIANT`, `${arnOf('ara')} COMPLIANT`, `${arnOf('bora')} NON_COMPLIANT`];
  test.each([
    ['a comma in the name', odd('a,b'), arnOf('a,b')],
    ['two commas, and a path', odd('a,b,c', arnOf('team/a,b,c')), arnOf('team/a,b,c')],
    ['a name that begins with that of another', odd('ara,x'), arnOf('ara,x')],
    ['a row that ends early', `cara,${arnOf('cara')},2020`, arnOf('cara')],
    ['nobody who could be named', 'x,y', 'row 5 has 2 cells, and the header 10 columns'],
  ])('%s', async (_, row, id) => {
    expect(await say(...lines, row)).toEqual([...others, `${id} UNKNOWN`]);
  });
});

test('two rows of one user that disagree tell nothing of it', async () => {
  const inactive = lines[3]?.replace(`true,${ago(331)}`, `false,${ago(331)}`) as string;
  expect(await say(...lines, inactive)).toContain(`${arnOf('bora')} UNKNOWN`);
  expect(readReport(reportRows([...lines, lines[2]].join('\n')))).toHaveLength(3);
});

test('a column twice is no report', () => {
  const twice = lines.map((line) => `${line},${line.split(',')[6]}`).join('\n');
  expect(() => reportRows(twice)).toThrow('the credential report has the column access_key_1_active twice');
});

test('root has a row everywhere but in China', async () => {
  const [header = '', , ...users] = lines;
  expect(await say(header, ...users)).toContain(`${ACCOUNT} UNKNOWN`);
  expect(await say(header, ...users.map((line) => line.replace('arn:aws:', 'arn:aws-us-gov:')))).toContain(
    `${ACCOUNT} UNKNOWN`,
  );
  const china = await say(header, ...users.map((line) => line.replace('arn:aws:', 'arn:aws-cn:')));
  expect(china.filter((said) => said.startsWith(ACCOUNT))).toEqual([]);
});
