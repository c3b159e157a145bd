/** What a person sets on the box. */
export { type ChangeEntry, type ChangeLog, createChangeLog } from './change-log.ts';
export type { StoredCredential } from './credentials.ts';
export { secretNames } from './credentials.ts';
export { escaped, HIDDEN } from './difference.ts';
export { defaultSettings, type SettingsDocument } from './document.ts';
export { createSettings, type Settings } from './settings.ts';
export { publicPart } from './validate.ts';
export { isZone, systemZone } from './zone.ts';
