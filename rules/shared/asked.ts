import type { ResourceRef } from '../../account/account.ts';
import type { Context } from '../rule.ts';

/** Whether to judge this resource: nobody asked about one in particular, or about this one. */
export const isAskedAbout = ({ resource: only }: Context, { type, id }: ResourceRef): boolean =>
  !only || (only.type === type && only.id === id);
