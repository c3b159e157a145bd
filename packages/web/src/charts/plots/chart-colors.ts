/** The tokens that canvases need, read again when the theme changes: by choice or by the system. */
import { useEffect, useState } from 'preact/hooks';
import { THEME_CHANGED, tokenColor } from '../../theme/theme.ts';

const NAMES = [
  'surface',
  'line',
  'line2',
  'ink2',
  'ink3',
  'pages-mono',
  'pages-color',
  'k-edge',
  'c',
  'c-edge',
  'm',
  'm-edge',
  'y',
  'y-edge',
  'n',
  'n-edge',
] as const;
export type ColorName = (typeof NAMES)[number];
export type ChartColors = Readonly<Record<ColorName, string>>;

const read = (): ChartColors => Object.fromEntries(NAMES.map((name) => [name, tokenColor(name)])) as ChartColors;

export function useChartColors(): ChartColors {
  const [colors, setColors] = useState(read);
  useEffect(() => {
    const again = () => setColors(read());
    const dark = window.matchMedia('(prefers-color-scheme: dark)');
    document.addEventListener(THEME_CHANGED, again);
    dark.addEventListener('change', again);
    return () => {
      document.removeEventListener(THEME_CHANGED, again);
      dark.removeEventListener('change', again);
    };
  }, []);
  return colors;
}
