import rule from '../../../rules/root-signing-certificates/rule.ts';
import { root } from '../support/real-iam.ts';
import { tellsPeople } from '../support/tells-people.ts';

tellsPeople({
  rule,
  situations: [
    {
      situation: 'a certificate',
      // The report is asked only where the summary is denied.
      faults: true,
      found: () => {
        root.certificates = 1;
      },
    },
  ],
});
