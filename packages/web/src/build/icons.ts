/** The icon sprite: the files of the closed list, each as a `<symbol>` (LOOK §12). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ICONS } from '../look/icons.ts';
import { MODULES } from './paths.ts';

export function iconSprite(): string {
  const symbols = ICONS.map((name) => {
    const file = readFileSync(join(MODULES, 'lucide-static/icons', `${name}.svg`), 'utf8');
    const shapes = file.slice(file.indexOf('>', file.indexOf('<svg')) + 1, file.lastIndexOf('</svg>'));
    return `<symbol id="${name}" viewBox="0 0 24 24">${shapes.replaceAll(/\s*\n\s*/g, '').replaceAll(' />', '/>')}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>\n`;
}
