/** Light, dark, or as the system says. */
import { m } from '@rsb/messages';
import { type Language, useLang } from '../language/language.tsx';
import { type Theme, useTheme } from '../theme/theme.ts';
import { Icon } from './Icon.tsx';
import { Menu, MenuItem } from './Menu.tsx';

const ICON = { system: 'monitor', light: 'sun', dark: 'moon' } as const;
export const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

export function themeWord(theme: Theme, lang: Language): string {
  switch (theme) {
    case 'system':
      return m.theme_system({}, lang);
    case 'light':
      return m.theme_light({}, lang);
    case 'dark':
      return m.theme_dark({}, lang);
  }
}

export function ThemeMenu() {
  const lang = useLang();
  const [theme, choose] = useTheme();
  return (
    <Menu
      align="right"
      buttonClass="button button-quiet button-icon"
      label={m.theme_now({ name: themeWord(theme, lang) }, lang)}
      button={<Icon name={ICON[theme]} />}
    >
      {THEMES.map((name) => (
        <MenuItem key={name} chosen={name === theme} onChoose={() => choose(name)}>
          {themeWord(name, lang)}
        </MenuItem>
      ))}
    </Menu>
  );
}
