/** Light, dark, or as the system says. */
import { m } from '@rsb/messages';
import { useLang } from '../language/language.tsx';
import { type Theme, useTheme } from '../theme/theme.ts';
import { Icon } from './Icon.tsx';
import { Menu, MenuItem } from './Menu.tsx';

const ICON = { system: 'monitor', light: 'sun', dark: 'moon' } as const;
const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

export function ThemeMenu() {
  const lang = useLang();
  const [theme, choose] = useTheme();
  const words = { system: m.theme_system({}, lang), light: m.theme_light({}, lang), dark: m.theme_dark({}, lang) };
  return (
    <Menu
      align="right"
      buttonClass="button button-quiet button-icon"
      label={m.theme_now({ name: words[theme] }, lang)}
      button={<Icon name={ICON[theme]} />}
    >
      {THEMES.map((name) => (
        <MenuItem key={name} chosen={name === theme} onChoose={() => choose(name)}>
          {words[name]}
        </MenuItem>
      ))}
    </Menu>
  );
}
