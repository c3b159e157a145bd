/** Every sentence that a person reads, in three languages. The functions are made from `messages/` by `npm run build`. */
export * as m from '../generated/messages.js';
export { LOCALES, type Locale, localeFrom } from './locale.ts';
