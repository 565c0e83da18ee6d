import rule from '../../../rules/admin-principal-exists/rule.ts';
import { tellsPeople } from '../support/tells-people.ts';

tellsPeople({
  rule,
  situations: [
    {
      situation: 'an account in which nobody but root may do everything',
      found: () => undefined,
    },
  ],
});
