/** The icon sprite: the files of the closed list, each as a `<symbol>` (LOOK §12). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as esbuild from 'esbuild';
import { DRAWN, ICONS } from '../look/icons.ts';
import { MODULES } from './paths.ts';

function shapesOf(name: string): string {
  const file = readFileSync(join(MODULES, 'lucide-static/icons', `${name}.svg`), 'utf8');
  const shapes = file.slice(file.indexOf('>', file.indexOf('<svg')) + 1, file.lastIndexOf('</svg>'));
  return shapes.replaceAll(/\s*\n\s*/g, '').replaceAll(' />', '/>');
}

export function iconSprite(): string {
  const symbols = ICONS.map((name) => `<symbol id="${name}" viewBox="0 0 24 24">${shapesOf(name)}</symbol>`);
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>\n`;
}

/**
 * Icons of table rows as one path each, within the script: a `<use>` of another file costs a page of many rows a shadow tree
 * and a look-up for each, at every frame in which rows appear.
 */
export const drawnIcons: esbuild.Plugin = {
  name: 'drawn-icons',
  setup(build) {
    build.onResolve({ filter: /^rsb:drawn-icons$/ }, ({ path }) => ({ path, namespace: 'drawn-icons' }));
    build.onLoad({ filter: /./, namespace: 'drawn-icons' }, () => ({
      contents: `export const PATHS = ${JSON.stringify(Object.fromEntries(DRAWN.map((name) => [name, pathOf(shapesOf(name))])))};`,
    }));
  },
};

/** All shapes of an icon as the data of one path. */
export function pathOf(shapes: string): string {
  return [...shapes.matchAll(/<(\w+)((?: [\w-]+="[^"]*")*)\/>/g)]
    .map(([, shape = '', text = '']) => {
      const given = new Map(
        [...text.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
      );
      const number = (name: string) => Number(given.get(name) ?? 0);
      switch (shape) {
        case 'path':
          return absoluteStart(given.get('d') ?? '');
        case 'circle': {
          const r = number('r');
          return `M${number('cx') - r} ${number('cy')}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
        }
        case 'rect': {
          const [width, height, r] = [number('width'), number('height'), number('rx')];
          const corner = (x: number, y: number) => `a${r} ${r} 0 0 1 ${x} ${y}`;
          return `M${number('x') + r} ${number('y')}h${width - 2 * r}${corner(r, r)}v${height - 2 * r}${corner(-r, r)}h${2 * r - width}${corner(-r, -r)}v${2 * r - height}${corner(r, -r)}z`;
        }
        default:
          throw new Error(`an icon has a ${shape}, which is not drawn as a path yet`);
      }
    })
    .join('');
}

/** At the head of a path `m` is absolute, behind another one it is not; what follows it stays relative (SVG 2, 9.3.3). */
function absoluteStart(data: string): string {
  const start = /^m\s*(-?[\d.]+)[\s,]*(-?[\d.]+)\s*(.*)$/s.exec(data);
  if (!start) return data;
  const [, x = '', y = '', rest = ''] = start;
  return `M${x} ${y}${/^[-\d.]/.test(rest) ? 'l' : ''}${rest}`;
}
