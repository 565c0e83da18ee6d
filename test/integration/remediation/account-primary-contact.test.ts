import rule from '../../../rules/account-primary-contact/rule.ts';
import { tellsPeople } from '../support/tells-people.ts';

const FOUND = {
  'global/account/get-contact-information.json': {
    ContactInformation: {
      FullName: 'test',
      AddressLine1: '27 Gaehang-ro',
      City: 'Incheon',
      PostalCode: '22315',
      CountryCode: 'KR',
      PhoneNumber: '+82 32 555 0100',
    },
  },
};

tellsPeople({
  rule,
  lacking: { services: ['account'], acts: {} },
  situations: [
    {
      situation: 'a placeholder, and no company',
      found: (_: object, readings: Record<string, unknown>) => {
        Object.assign(readings, FOUND);
      },
    },
  ],
});
