import { filledDocument } from '../../scripts/skeleton.ts';

const rule = { id: 'weak-user', parameters: {}, fix: { options: {} } };
const document = (...marks: string[]) =>
  ['# Groundrules-WeakUser', '# <head>', '# </head>', '  UserId:', '    type: String', ...marks, ''].join(
    '\n',
  );

test('what is between the marks is the skeleton’s, whatever was there', () => {
  const filled = filledDocument(document('# <decide next="Block">', 'mainSteps: mine', '# </decide>'), rule);
  expect(filled).toMatch(/^ {2}AutomationAssumeRole:$/m);
  expect(filled).toMatch(/^ {2}# <decide next="Block">\n {2}- name: Decide$[\s\S]*^ {10}NextStep: Block$/m);
  expect(filled).not.toMatch(/mine|%/);
  expect(filledDocument(filled, rule)).toBe(filled);
});

test('marks are as far in as what follows them', () => {
  const filled = filledDocument(
    document('# <confirm>', '# </confirm>', '      - { Name: X }', '# <end>', '# </end>'),
    rule,
  );
  expect(filled).toMatch(/^ {6}# <\/confirm>\n {6}- \{ Name: X \}$/m);
  expect(filled).toMatch(/^ {2}# <\/head>\n {2}UserId:$/m);
  expect(filled).toMatch(/^# <\/end>\n$/m);
});

test.each([
  ['a mark that there is not', document('# <plans>', '# </plans>'), /there is no mark <plans>: head, plan/],
  ['a mark that does not say enough', document('# <decide>', '# </decide>'), /<decide> has to say next="…"/],
  ['a notice of a rule that tells nobody', document('# <notice>', '# </notice>'), /has to say next="…"/],
  ['no resource', '# <head>\n# </head>\n', /has no parameter for the resource/],
])('%s is a mistake', (_, text, message) => {
  expect(() => filledDocument(text, rule)).toThrow(message);
});
