import type { ResourceRef } from '../../account/account.ts';
import type { ItemSubject, ItemSummary } from '../item.ts';

/** Whether there is something to judge: the resource exists, and AWS Config records it. */
export const isRecorded = ({ status }: Pick<ItemSummary, 'status'>): boolean =>
  status === 'OK' || status === 'ResourceDiscovered';

/** The resource, as rules and evaluations name it. */
export const resourceOfItem = ({ type, id, name, region }: ItemSubject): ResourceRef =>
  name === undefined ? { type, id, region } : { type, id, name, region };
