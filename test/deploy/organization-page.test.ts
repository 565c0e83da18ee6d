import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { queriesOf } from '../../deploy/organization/queries.ts';
import { readSettings, settingsSchema } from '../../deploy/settings/index.ts';

const read = (page: string) => readFileSync(join(__dirname, '../../docs', page), 'utf8');
const page = read('organization.md');

test('the number of stored queries is what there are', () => {
  expect(queriesOf('groundrules')).toHaveLength(10);
  expect(page).toContain('ten stored queries');
});

test("the page's settings can be meant, and it has every setting of an organization", () => {
  const blocks = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text = '']) => text);
  expect(blocks.length).toBeGreaterThan(1);
  for (const block of blocks) {
    const text = block.startsWith('{') ? block : `{${block}}`;
    expect(() => readSettings(JSON.parse(text))).not.toThrow();
  }
  type Node = { properties?: Record<string, Node>; anyOf?: Node[] };
  const { properties = {} } = settingsSchema() as Node;
  const names = properties.organization?.anyOf?.flatMap((one) => Object.keys(one.properties ?? {})) ?? [];
  expect(names.length).toBeGreaterThan(15);
  expect(names.filter((name) => !page.includes(name))).toEqual([]);
});
