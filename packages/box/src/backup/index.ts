/** Backup and restore of the settings. */
export { type Backup, createBackup } from './backup.ts';
