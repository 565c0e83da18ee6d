/** The settings of a group of organizational units, laid over those of all. */
import { controls } from '../../catalogue/index.ts';
import type { GivenGroup } from './organization.ts';
import type { Read } from './schema.ts';

/** Without what is undefined, which would hide what all have. */
export const said = <T extends object>(own: T) =>
  Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]: Exclude<T[Key], undefined>;
  };

type Controls = Read['controls'];
type Control = Controls[string];

/** The file as if it were a group's own: what the group says, and for the rest what all have. */
export function laidOver(all: Read, group: GivenGroup): Read {
  const packs = group.packs ?? all.packs;
  return {
    ...all,
    packs,
    controls: {
      // Without those of packs that the group leaves out: nobody has said anything of them for the group.
      ...Object.fromEntries(
        Object.entries(all.controls).filter(([id]) => {
          const control = controls.find((one) => one.id === id);
          return !control || packs.includes(control.domain);
        }),
      ),
      ...Object.fromEntries(
        Object.entries(group.controls).map(([id, own]) => [id, controlOver(all.controls[id], own)]),
      ),
    },
    remediation: {
      ...all.remediation,
      ...said(group.remediation ?? {}),
      parameters: { ...all.remediation.parameters, ...group.remediation?.parameters },
    },
  };
}

function controlOver(all: Control | undefined, own: Control): Control {
  if (!all) return own;
  const remediation = (all.remediation ?? own.remediation) && {
    ...all.remediation,
    ...said(own.remediation ?? {}),
    ...((all.remediation?.parameters ?? own.remediation?.parameters) && {
      parameters: { ...all.remediation?.parameters, ...own.remediation?.parameters },
    }),
  };
  return {
    enabled: own.enabled ?? all.enabled,
    parameters: { ...all.parameters, ...own.parameters },
    ...(remediation && { remediation }),
  };
}
