/** What a run changes, as its plan, its report and its undo know it. */
import {
  accessKeyLastUsed,
  accessKeys,
  authorizationDetails,
  mfaDevices,
} from '../../account/services/iam/readings.ts';
import { GROUP, POLICY } from './way.ts';

export const reads = [authorizationDetails, accessKeys, accessKeyLastUsed, mfaDevices] as const;
export type Asks = (typeof reads)[number];

export const inputs = {
  UserName: '-',
  PolicyArn: '-',
  PolicyDocument: '-',
  MakesPolicy: false,
  MakesGroup: false,
  Attaches: false,
  Adds: false,
  Removes: false,
  Detaches: false,
  DeletesGroup: false,
  DeletesPolicy: false,
};
export type Inputs = typeof inputs;

/** What the run is going to change, or has changed. */
export interface Before {
  readonly policy: boolean;
  readonly group: boolean;
  readonly attached: boolean;
  readonly added: boolean;
  /** Of the policy that the run made, as it made it. */
  readonly document?: string;
  /** By their unique ids, as soon as they are there: what has the name later need not be the same. */
  readonly policyId?: string;
  readonly groupId?: string;
}

/** What each change is called in plans and reports. */
export const MADE = {
  policy: `policy ${POLICY} made`,
  group: `group ${GROUP} made`,
  attached: `policy ${POLICY} attached to group ${GROUP}`,
} as const;
export const isIn = (userName: string) => `${userName} in group ${GROUP}`;
