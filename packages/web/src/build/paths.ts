/** Where the build finds things. */
import { resolve } from 'node:path';

export const WEB = resolve(import.meta.dirname, '../..');
export const ROOT = resolve(WEB, '../..');
export const MODULES = resolve(ROOT, 'node_modules');
export const MESSAGES = resolve(ROOT, 'packages/messages');
