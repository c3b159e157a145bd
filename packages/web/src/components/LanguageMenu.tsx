/** English, Français, Deutsch: each in its own words. */
import { LOCALES, m } from '@rsb/messages';
import { useChooseLanguage, useLang } from '../language/language.tsx';
import { Icon } from './Icon.tsx';
import { Menu, MenuItem } from './Menu.tsx';

export const LANGUAGE_NAMES = { en: 'English', fr: 'Français', de: 'Deutsch' } as const;

export function LanguageMenu({ long = false }: { readonly long?: boolean }) {
  const lang = useLang();
  const choose = useChooseLanguage();
  return (
    <Menu
      align="right"
      button={
        <>
          <Icon name="languages" />
          {long ? LANGUAGE_NAMES[lang.locale] : lang.locale.toUpperCase()}
          <span class="visually-hidden">{m.language_now({ name: LANGUAGE_NAMES[lang.locale] }, lang)}</span>
        </>
      }
    >
      {LOCALES.map((locale) => (
        <MenuItem key={locale} lang={locale} chosen={locale === lang.locale} onChoose={() => choose(locale)}>
          {LANGUAGE_NAMES[locale]}
        </MenuItem>
      ))}
    </Menu>
  );
}
