import { controls, isPlanned } from '../../catalogue/index.ts';
import { checkMissing, missingIn } from '../../deploy/account/left-out.ts';
import { readSettings, SettingsError, type SettingsInput } from '../../deploy/settings/index.ts';
import { synth } from './support/account.ts';

const check = (input: SettingsInput) => () => checkMissing(readSettings(input));

test.each<[situation: string, input: SettingsInput]>([
  ['nothing set', {}],
  ['a Region that lacks one rule', { homeRegion: 'eu-west-1' }],
  ['a Region that lacks global rules, and is not home', { regions: ['us-east-1', 'eu-central-2'] }],
  ['GovCloud', { homeRegion: 'us-gov-west-1' }],
  [
    'a home Region whose missing controls somebody turned off',
    {
      homeRegion: 'eu-central-2',
      controls: Object.fromEntries(
        ['iam-console-mfa', 'iam-unused-credentials', 'iam-user-no-direct-policies'].map((id) => [
          id,
          { enabled: false },
        ]),
      ),
    },
  ],
])('goes on with %s', (_, input) => expect(check(input)).not.toThrow());

/** Without our functions, which judge in every Region. */
const withoutOurs = Object.fromEntries(
  controls
    .filter((one) => one.kind === 'custom' && one.domain === 'identity' && !isPlanned(one))
    .map(({ id }) => [id, { enabled: false }]),
);

test.each(['eu-central-2', 'ap-southeast-5', 'ca-west-1'])(
  'a home Region that lacks most of a pack is refused, with another one: %s',
  (homeRegion) => {
    expect(check({ homeRegion, controls: withoutOurs })).toThrow(SettingsError);
    expect(check({ homeRegion, controls: withoutOurs })).toThrow(
      new RegExp(
        `^homeRegion: ${homeRegion}: AWS Config has no rule there for \\d of \\d controls of identity \\(iam-console-mfa, .*choose a home Region that has them \\(us-east-1,.* leave ${homeRegion} in regions`,
      ),
    );
  },
);

test('a refusal says whose settings these are, where they are not those of all', () => {
  const settings = readSettings({ homeRegion: 'ca-west-1', controls: withoutOurs });
  expect(() => checkMissing(settings, 'organization.groups: own: ')).toThrow(
    /^organization\.groups: own: homeRegion: ca-west-1: /,
  );
});

test('what a Region leaves out is named where the stack is made, and what is judged elsewhere by design is not', () => {
  const settings = readSettings({ regions: ['us-east-1', 'eu-south-1'] });
  expect(missingIn(settings, 'us-east-1')).toBeUndefined();
  expect(missingIn(settings, 'eu-south-1')).toMatch(
    /^AWS Config has no rule in eu-south-1 for 1 of \d+ controls, which are left out: os-patching$/,
  );
  const { stack } = synth({ homeRegion: 'eu-west-1' });
  const said = stack.node.metadata.filter(({ type }) => type === 'aws:cdk:info').map(({ data }) => data);
  expect(said).toEqual([
    expect.stringMatching(/no rule in eu-west-1 for 1 of \d+ controls.*cloudfront-https/),
  ]);
});
