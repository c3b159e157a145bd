/** The licences of the libraries that a bundle holds, as their authors ask for. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Metafile } from 'esbuild';
import { MODULES, ROOT } from './paths.ts';

const NAMES = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'license'];

export function licences(metafile: Metafile): string {
  const folders = new Set<string>([join(MODULES, 'lucide-static'), join(MODULES, 'inter-ui')]);
  for (const input of Object.keys(metafile.inputs)) {
    const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(resolve(ROOT, input));
    if (found?.[1]) folders.add(found[1]);
  }
  const texts = [...folders].sort().map((folder) => {
    const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = NAMES.map((candidate) => join(folder, candidate)).find((path) => existsSync(path));
    if (file === undefined) throw new Error(`${name} ${version} comes without a licence`);
    return `${name} ${version}\n\n${readFileSync(file, 'utf8').trim()}\n`;
  });
  return texts.join(`\n${'-'.repeat(72)}\n\n`);
}
