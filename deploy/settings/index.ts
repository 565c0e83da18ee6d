/** `groundrules.config.json`: its schema, how it is read, and what cannot be meant. */
export type { RemediationSettings } from './controls.ts';
export { CANARY, type OrganizationGroup, type OrganizationSettings } from './organization.ts';
export { placesOf } from './organization-contradictions.ts';
export { loadSettings, placedIn, readSettings, SettingsError } from './read.ts';
export {
  LOG_RETENTION_DAYS,
  type Settings,
  type SettingsInput,
  settingsSchema,
} from './schema.ts';
