import { stringify } from 'yaml';
import type { PackTemplate } from './template.ts';

/**
 * A template as AWS Config takes it: YAML that reads the same as YAML 1.1 and as 1.2, with neither anchors (AWS takes none)
 * nor folded lines, the same text for the same template.
 */
export const packYaml = (template: PackTemplate): string =>
  stringify(template, {
    // Quotes what 1.1 takes for something other than a text (`yes`, `0777`, `12:30`): AWS does not say which it reads.
    version: '1.1',
    compat: 'core',
    aliasDuplicateObjects: false,
    lineWidth: 0,
  });
