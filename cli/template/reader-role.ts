/** `groundrules template --reader-role`: the role that "evaluate --organization" assumes, for a StackSet. */
import type { Language } from '../../report/both.ts';
import { quoted } from '../../report/commands.ts';
import { jsonText } from '../../report/printable.ts';
import { rules } from '../../rules/index.ts';
import { READER_ROLE } from '../fleet/declared.ts';
import { readerRoleTemplate } from '../fleet/reader-role.ts';
import type { World } from '../program/world.ts';
import { writeFiles } from './write.ts';

const FILE = 'reader-role.template.json';

/** Writes the template, and prints what to do with it. */
export function writeReaderRole(output: string, { folder, language, print }: World): number {
  writeFiles(output, [{ path: FILE, content: `${jsonText(readerRoleTemplate(rules), 2)}\n` }], folder);
  print(pageAround[language](`${output.replace(/\/$/, '')}/${FILE}`));
  return 0;
}

const commandsFor = (file: string) => `aws cloudformation create-stack-set --stack-set-name ${READER_ROLE} \\
  --template-body ${quoted(`file://${file}`)} --capabilities CAPABILITY_NAMED_IAM \\
  --permission-model SERVICE_MANAGED --auto-deployment Enabled=true,RetainStacksOnAccountRemoval=false \\
  --parameters ParameterKey=TrustedPrincipal,ParameterValue=ACCOUNT
aws cloudformation create-stack-instances --stack-set-name ${READER_ROLE} \\
  --deployment-targets OrganizationalUnitIds=ROOT --regions us-east-1 \\
  --operation-preferences MaxConcurrentPercentage=25,FailureTolerancePercentage=10`;

const pageAround: Readonly<Record<Language, (file: string) => string>> = {
  en: (file) => `Written to ${file}

In the management account, or a delegated administrator of StackSets (--call-as DELEGATED_ADMIN), with trusted access on. ACCOUNT is the
id of the account that runs Groundrules, or the ARN of its role; ROOT is the root of the organization, or units of it:

${commandsFor(file)}

One Region is enough, because IAM has none. Accounts that join get the role by themselves. Then:

groundrules evaluate --organization
`,
  ko: (file) => `${file}에 저장함

관리 계정이나 StackSets의 위임된 관리자(--call-as DELEGATED_ADMIN)에서, 신뢰할 수 있는 액세스를 켠 뒤 실행합니다. ACCOUNT는
Groundrules를 실행할 계정의 ID나 그 역할의 ARN, ROOT는 조직의 루트나 조직 단위입니다:

${commandsFor(file)}

IAM에는 리전이 없으므로 리전 하나면 충분합니다. 새로 들어오는 계정에는 역할이 저절로 생깁니다. 그다음:

groundrules evaluate --organization
`,
};
