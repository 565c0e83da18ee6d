import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { DEFAULTS } from '../../account/live/clients.ts';
import { lapseHandler } from '../../config/attestations/lapse.ts';
import { REVIEW_DAYS } from './review-days.ts';

export const handler = lapseHandler({ client: new ConfigServiceClient(DEFAULTS), reviewDays: REVIEW_DAYS });
