/** Light, dark, or as the system says; remembered per browser. `look/first-paint.js` applies it before the first paint. */
import { useCallback, useState } from 'preact/hooks';
import { browserMemory } from '../api/memory.ts';

export type Theme = 'system' | 'light' | 'dark';
const KEY = 'rsb.theme';
/** Charts read their colours from the tokens again when this is heard on `document`. */
export const THEME_CHANGED = 'rsb-theme';

function remembered(): Theme {
  const kept = browserMemory.load(KEY);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}

export function useTheme(): readonly [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState<Theme>(remembered);
  const choose = useCallback((next: Theme) => {
    if (next === 'system') {
      browserMemory.forget(KEY);
      delete document.documentElement.dataset.theme;
    } else {
      browserMemory.save(KEY, next);
      document.documentElement.dataset.theme = next;
    }
    setTheme(next);
    document.dispatchEvent(new CustomEvent(THEME_CHANGED));
  }, []);
  return [theme, choose];
}

/** A token's colour as the browser resolves it now, e.g. for a canvas: `light-dark()` is no colour there. */
export function tokenColor(name: string): string {
  const probe = document.createElement('i');
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const color = getComputedStyle(probe).color;
  probe.remove();
  return color;
}
