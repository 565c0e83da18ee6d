import rule from '../../rules/config-recorder-enabled/rule.ts';
import { toldOf } from '../support/notices.ts';

const which = { recorder: 'default', region: 'us-east-1' };

test.each([
  [
    'no recorder',
    [{ kind: 'noRecorder', region: 'us-east-1' }],
    /AWSSupport-SetupConfig/,
    /StopConfiguration/,
  ],
  ['no channel', [{ kind: 'noChannel', region: 'us-east-1' }], /AWSSupport-SetupConfig/, /StopConfiguration/],
  [
    'a stopped recorder',
    [{ kind: 'stopped', ...which }],
    /is stopped.*StopConfigurationRecorder/s,
    /SetupConfig/,
  ],
  [
    'a failing recorder',
    [{ kind: 'failing', ...which, code: 'NoSuchBucket' }],
    /NoSuchBucket.*mend/s,
    /SetupConfig/,
  ],
  ['some types', [{ kind: 'someTypes', ...which, excluded: [] }], /choose all resource types/, /SetupConfig/],
  ['IAM nowhere', [{ kind: 'noGlobalTypes' }], /include the global resource types/, /SetupConfig/],
  ['another role', [{ kind: 'role', ...which }], /AWSServiceRoleForConfig/, /SetupConfig/],
])('people are told what to do about %s, and no more', async (_, findings, says, saysNot) => {
  const { en, ko } = await toldOf(rule, findings as never);
  expect(en).toMatch(says);
  expect(en).not.toMatch(saysNot);
  expect(ko).toMatch(/[가-힣]/);
});
