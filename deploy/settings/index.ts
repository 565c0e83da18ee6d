/** `groundrules.config.json`: its schema, how it is read, and what cannot be meant. */
export { loadSettings, readSettings, SettingsError } from './read.ts';
export {
  LOG_RETENTION_DAYS,
  type RemediationSettings,
  type Settings,
  type SettingsInput,
  settingsSchema,
} from './schema.ts';
