import rule from '../../../rules/root-last-used/rule.ts';
import { root } from '../support/real-iam.ts';
import { tellsPeople } from '../support/tells-people.ts';

tellsPeople({
  rule,
  situations: [
    {
      situation: 'a use three days ago',
      found: () => {
        root.lastUsed = '2026-11-19T09:00:00+00:00';
      },
    },
  ],
});
