/** A new rule's first files: they compile and pass every check but the rule's own cases, which are still to be written. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Severity } from '../rules/rule.ts';
import { type Language, pageName } from './language.ts';
import { KOREAN_FILE } from './rules-index.ts';
import { type NewDocument, noticeDocument, ownDocument } from './scaffold-document.ts';
import { insertSample } from './scaffold-sample.ts';

/** The sections of a rule's page, in order. What can be set is in the table at the top. */
export const SECTIONS = {
  en: [
    'Why',
    'How it judges',
    'Example',
    'What the fix changes and breaks',
    'Undo',
    'When not to use it',
    'Related managed rules',
  ],
  ko: [
    '왜 필요한가',
    '판정 방법',
    '예시',
    '수정하면 바뀌는 것과 깨질 수 있는 것',
    '되돌리기',
    '쓰지 않는 편이 나은 경우',
    '관련 관리형 규칙',
  ],
} as const;

/** Sentences to be replaced: a page, a control or a fix that still has one fails `test/house/complete.test.ts`. */
export const TEMPLATE = {
  title: { en: 'What has to hold, in a few words', ko: '지켜져야 하는 것을 몇 마디로' },
  sentence: { en: 'In one sentence: what has to hold.', ko: '무엇이 지켜져야 하는지 한 문장으로 적습니다.' },
  section: { en: 'This section is still to be written.', ko: '이 절은 아직 쓰지 않았습니다.' },
  step: { en: 'What a person has to do is still to be written.', ko: '사람이 할 일은 아직 쓰지 않았습니다.' },
} as const;

/** What is asked for. */
export interface NewRule {
  readonly id: string;
  /** The type of what it reports on; that of the planned control, or else the account. */
  readonly resource?: string;
  /** Whether the fix only tells people what to do, or is one of its own. */
  readonly fix?: 'notify' | 'own';
}

/** A control that waits for its rule, as `catalogue/controls/` has it. */
interface PlannedRow {
  readonly id: string;
  readonly rule?: string;
  readonly severity: Severity;
  readonly resourceTypes: readonly string[];
  readonly remediation: { readonly why: string };
  readonly parameters?: Readonly<Record<string, string>>;
}

/** What was written, and what the catalogue says that is still to be done. */
export interface Scaffolded {
  readonly files: readonly string[];
  readonly notes: readonly string[];
}

/**
 * Writes the files; `npm run docs` then lists the rule in `rules/index.ts` and fills in its pages. The controls that wait for
 * the rule move into its folder.
 *
 * @throws for an id that is not kebab-case or is taken.
 */
export function scaffold({ id, resource, fix: kind = 'notify' }: NewRule, root = '.'): Scaffolded {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(id)) {
    throw new Error(
      `${JSON.stringify(id)} is not a rule id: words in lower case, joined by hyphens (vpc-flow-logs)`,
    );
  }
  if (existsSync(join(root, 'rules', id))) throw new Error(`rules/${id} exists already`);
  const { rows, files: catalogue } = takeRows(id, root);
  const type = resource ?? rows[0]?.resourceTypes[0] ?? ACCOUNT;
  if (!/^AWS::(\w+|)::\w+$/.test(type)) {
    throw new Error(`${JSON.stringify(type)} is not a resource type (AWS::EC2::VPC)`);
  }
  const severity = rows[0]?.severity ?? 'MEDIUM';
  const document: NewDocument = { id, type, severity };

  const files: Record<string, string> = {
    [`rules/${id}/rule.ts`]: rule(document),
    [`rules/${id}/${KOREAN_FILE}`]: korean,
    [`rules/${id}/fix.ts`]: kind === 'notify' ? notice : fix(id),
    [`rules/${id}/controls.json`]: json(
      rows.length > 0 ? rows.map((row) => moved(row, id, severity)) : [NEW_ROW],
    ),
    [`rules/${id}/remediation.yaml`]:
      kind === 'notify' ? noticeDocument(document, root) : ownDocument(document, root),
    [`rules/${id}/${pageName('en')}`]: page(id, 'en', kind),
    [`rules/${id}/${pageName('ko')}`]: page(id, 'ko', kind),
    [`test/rules/${id}/situations.ts`]: situations(id),
    [`test/rules/${id}/sample.ts`]: sample(id),
    ...(kind === 'own' && { [`test/rules/${id}.fix.test.ts`]: fixTest(id) }),
    ...insertSample(id, severity, root),
    ...catalogue,
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const notes = rows.flatMap(({ parameters = {} }) =>
    Object.entries(parameters).map(
      ([name, value]) => `The catalogue has a parameter for it: ${name} = ${JSON.stringify(value)}`,
    ),
  );
  return { files: Object.keys(files), notes };
}

const ACCOUNT = 'AWS::::Account';
const json = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;

/** The rows that wait for the rule, and the files without them. */
function takeRows(id: string, root: string) {
  const rows: (PlannedRow & { readonly domain: string })[] = [];
  const files: Record<string, string> = {};
  for (const name of readdirSync(join(root, 'catalogue/controls'))) {
    const path = `catalogue/controls/${name}`;
    const all: PlannedRow[] = JSON.parse(readFileSync(join(root, path), 'utf8'));
    const own = all.filter((row) => row.rule === id);
    if (own.length === 0) continue;
    rows.push(...own.map((row) => ({ ...row, domain: name.replace(/\.json$/, '') })));
    files[path] = json(all.filter((row) => row.rule !== id));
  }
  return { rows, files };
}

/** Without what follows from the rule, now that there is one. Its parameters are the rule's to declare. */
function moved(row: PlannedRow & { readonly domain: string }, id: string, severity: Severity): object {
  const { domain, remediation, ...rest } = row;
  const left = ['kind', 'rule', 'resourceTypes', 'trigger', 'parameters'];
  if (row.id === id) left.push('id');
  if (row.severity === severity) left.push('severity');
  return {
    domain,
    ...Object.fromEntries(Object.entries(rest).filter(([name]) => !left.includes(name))),
    remediation: { why: remediation.why },
  };
}

/** Of a rule that the catalogue does not know yet. */
const NEW_ROW = {
  domain: 'workloads',
  title: TEMPLATE.title,
  remediation: { why: TEMPLATE.step.en },
  frameworks: {},
};

/** Types whose resources are the same in every Region. */
const isGlobal = (type: string) => /^AWS::(|IAM|Organizations)::/.test(type);

/** Its reading stands for one of its own, for the rule to compile with. */
const rule = ({
  id,
  type,
  severity,
}: NewDocument) => `import { accountSummary } from '../../account/services/iam/readings.ts';
import { accountResource } from '../evaluate.ts';
import { couldNotTell } from '../judgement.ts';
import { defineRule, every, type Finding } from '../rule.ts';
import { fix } from './fix.ts';

export default defineRule<Record<never, never>, Finding>()({
  id: '${id}',
  severity: '${severity}',
  resourceTypes: ['${type}'],
  scope: '${isGlobal(type) ? 'global' : 'regional'}',
  triggers: [every('TwentyFour_Hours')],
  parameters: {},
  // Stands for the rule's own reading.
  reads: [accountSummary],
  messages: {},

  async *judge(account) {
    await account.read(accountSummary);
    yield couldNotTell(accountResource(account), new Error('${id} does not judge anything yet'));
  },

  fix,
});
`;

const korean = `import type { MessagesOf } from '../rule.ts';
import type rule from './rule.ts';

export const messages: MessagesOf<typeof rule> = {};
`;

const notice = `import type { Finding } from '../rule.ts';
import { notifyFix } from '../shared/notify/fix.ts';

export const fix = notifyFix<Finding, Record<never, never>>()({
  steps: [${JSON.stringify(TEMPLATE.step)}],
});
`;

const fix = (id: string) => `import { defineFix } from '../fix.ts';
import type { Finding } from '../rule.ts';

export const fix = defineFix<Finding, Record<never, never>>()({
  summary: {
    changes: ${JSON.stringify(TEMPLATE.section)},
    breaks: ${JSON.stringify(TEMPLATE.section)},
    undo: ${JSON.stringify(TEMPLATE.section)},
    automatic: { sensible: false, why: ${JSON.stringify(TEMPLATE.section)} },
  },

  options: {},
  reads: [],
  inputs: {},
  plan: () => ({ steps: [], manual: ['${id} does not fix anything yet.'] }),
  undo: () => ({ steps: [] }),
  verify: () => ({ before: null, made: [], others: [] }),
});
`;

function page(id: string, language: Language, kind: 'notify' | 'own'): string {
  const sections = SECTIONS[language].map((section, at) => {
    const isFix = at === SECTIONS.en.indexOf('What the fix changes and breaks');
    const steps = isFix && kind === 'notify' ? '\n<!-- by-hand -->\n<!-- /by-hand -->\n' : '';
    return `\n## ${section}\n\n${TEMPLATE.section[language]}\n${steps}`;
  });
  return `# ${id}

${TEMPLATE.sentence[language]}

<!-- header -->
<!-- /header -->
${sections.join('')}`;
}

const situations = (id: string) => `import rule from '../../../rules/${id}/rule.ts';
import type { Situations } from '../../support/situations.ts';

const situations: Situations = {
  rule,
  situations: [
    { situation: 'write the situations here', readings: {}, says: ['NON_COMPLIANT', 'what is wrong'] },
  ],
};
export default situations;
`;

const sample = (id: string) => `import type { SampleVerdicts } from '../../support/sample.ts';

/** What the rule says of the sample accounts: the resource, the verdict, and what its annotation or the error says. */
const sample: SampleVerdicts = {
  '123456789012': [['the account', 'UNKNOWN', '${id} does not judge anything yet']],
  '210987654321': [['the account', 'UNKNOWN', '${id} does not judge anything yet']],
};
export default sample;
`;

const fixTest = (id: string) => `import { fix } from '../../rules/${id}/fix.ts';

test('what the fix changes is still to be written', () => {
  expect(fix.plan({} as never, {} as never)).toMatchObject({ steps: [] });
});
`;
