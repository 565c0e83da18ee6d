/** What options' values may be, where the list is part of something large: loaded when it is asked for. */

export const regions = async () => Object.keys((await import('../../catalogue/availability.ts')).regions);
export const domains = async () => (await import('../../catalogue/domains.ts')).DOMAINS;
export const severities = async () => (await import('../../report/result.ts')).SEVERITIES;
export const ruleIds = async () => idsOf((await import('../../rules/index.ts')).rules);
/** Of whatever has a fix: rules, and fixes of what AWS managed rules report. */
export const fixIds = async () => idsOf((await import('../remediate/document.ts')).FIXABLE);
export const controlIds = async () => idsOf((await import('../../catalogue/index.ts')).controls);
export const frameworks = async () => Object.keys((await import('../../catalogue/index.ts')).FRAMEWORKS);
export const processCheckIds = async () => {
  const { controls } = await import('../../catalogue/index.ts');
  return idsOf(controls.filter(({ kind }) => kind === 'process-check'));
};

const idsOf = (all: readonly { readonly id: string }[]): readonly string[] => all.map(({ id }) => id);
