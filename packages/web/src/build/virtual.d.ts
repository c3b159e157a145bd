/** What the build puts in: `languages.ts` and `app.ts` of this folder. */
declare module 'rsb:languages' {
  export function loadLanguage(locale: 'en' | 'fr' | 'de'): Promise<void>;
}
declare module '*.css';
/** Address of the icon sprite, with the digest of its content. */
declare const ICON_SPRITE: string;
