/** A new rule's first files: they compile and pass every check but the rule's own case, which is still to be written. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { documentName } from '../rules/names.ts';
import { pageName } from './pages.ts';
import { filledDocument } from './skeleton.ts';

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

/**
 * Writes the files; `npm run docs` lists the rule in `rules/index.ts`.
 *
 * @returns the paths of what was written, relative to `root`.
 * @throws for an id that is not kebab-case or is taken.
 */
export function scaffold(id: string, root = '.'): string[] {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(id)) {
    throw new Error(
      `${JSON.stringify(id)} is not a rule id: words in lower case, joined by hyphens (vpc-flow-logs)`,
    );
  }
  if (existsSync(join(root, 'rules', id))) throw new Error(`rules/${id} exists already`);

  const files: Record<string, string> = {
    [`rules/${id}/rule.ts`]: rule(id),
    [`rules/${id}/fix.ts`]: fix(id),
    [`rules/${id}/remediation.yaml`]: document(id, root),
    [`rules/${id}/${pageName('en')}`]: page(id, SECTIONS.en, 'In one sentence: what has to hold.'),
    [`rules/${id}/${pageName('ko')}`]: page(id, SECTIONS.ko, '무엇이 지켜져야 하는지 한 문장으로 적습니다.'),
    [`test/rules/${id}/situations.ts`]: situations(id),
    [`test/rules/${id}.fix.test.ts`]: fixTest(id),
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return Object.keys(files);
}

const rule = (id: string) => `import { accountSummary } from '../../account/services/iam/readings.ts';
import { accountResource } from '../evaluate.ts';
import { couldNotTell } from '../judgement.ts';
import { defineRule, every, type Finding } from '../rule.ts';
import { fix } from './fix.ts';

export default defineRule<Record<never, never>, Finding>()({
  id: '${id}',
  severity: 'MEDIUM',
  resourceTypes: ['AWS::::Account'],
  scope: 'global',
  triggers: [every('TwentyFour_Hours')],
  parameters: {},
  reads: [accountSummary],
  messages: {},

  async *judge(account) {
    yield couldNotTell(accountResource(account), new Error('${id} does not judge anything yet'));
  },

  fix,
});
`;

const fix = (id: string) => `import { defineFix } from '../fix.ts';
import type { Finding } from '../rule.ts';

export const fix = defineFix<Finding, Record<never, never>>()({
  summary: {
    changes: { en: 'What it changes.', ko: '무엇을 바꾸는지.' },
    breaks: { en: 'What it can break.', ko: '무엇이 깨질 수 있는지.' },
    undo: { en: 'How it is undone.', ko: '어떻게 되돌리는지.' },
    automatic: { sensible: false, why: { en: 'Why it is not.', ko: '그 이유.' } },
  },

  options: {},
  reads: [],
  inputs: {},
  plan: () => ({ steps: [], manual: ['${id} does not fix anything yet.'] }),
  undo: () => ({ steps: [] }),
  verify: () => ({ before: null, made: [], others: [] }),
});
`;

/** A document that makes no changes of its own. */
export const document = (id: string, root = '.') =>
  filledDocument(
    `# ${documentName(id)}
description: >-
  Says what a person has to do: what this document could change by itself is still to be written.
# <head>
# </head>
  AccountId:
    type: String
    description: The account. AWS Config gives it as RESOURCE_ID.
    allowedPattern: "^[0-9]{12}$"
${['plan', 'confirm', 'report', 'end'].map((mark) => `# <${mark}>\n# </${mark}>\n`).join('\n')}`,
    { id, parameters: {}, fix: { options: {} } },
    root,
  );

const page = (id: string, sections: readonly string[], summary: string) =>
  `# ${id}

${summary}

<!-- header -->
<!-- /header -->
${sections.map((section) => `\n## ${section}\n`).join('')}`;

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

const fixTest = (id: string) => `import { fix } from '../../rules/${id}/fix.ts';

test('what the fix changes is still to be written', () => {
  expect(fix.plan({} as never, {} as never)).toMatchObject({ steps: [] });
});
`;
