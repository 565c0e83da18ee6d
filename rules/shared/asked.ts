import type { ResourceRef } from '../../account/account.ts';
import type { Context } from '../rule.ts';

/** Whether a run is about this resource: it is about all of them, or about this very one. */
export const isAskedAbout = ({ resource: only }: Context, { type, id }: ResourceRef): boolean =>
  !only || (only.type === type && only.id === id);
