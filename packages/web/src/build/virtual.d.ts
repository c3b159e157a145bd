/** What the build puts in: `languages.ts` and `app.ts` of this folder. */
declare module 'rsb:languages' {
  type Locale = 'en' | 'fr' | 'de';
  /** The words of the first page. */
  export function loadLanguage(locale: Locale): Promise<void>;
  /** The words of errors and of pages that load later. */
  export function loadRest(locale: Locale): Promise<void>;
}
declare module 'rsb:drawn-icons' {
  /** Data of one path for each icon that is drawn within the script. */
  export const PATHS: Readonly<Record<string, string | undefined>>;
}
declare module '*.css';
/** Address of the icon sprite, with the digest of its content. */
declare const ICON_SPRITE: string;
/** Address of the style sheet of pages that load later; empty where there are none. */
declare const LATER_STYLE: string;
