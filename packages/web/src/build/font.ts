/** Inter, cut to what the pages show (LOOK §3): one variable woff2 of about 23 kB. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import subsetFont from 'subset-font';
import { MODULES } from './paths.ts';

const run = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, at) => String.fromCodePoint(first + at)).join('');

/** Latin-1, the letters of French and German beyond it, dashes, quotes, arrows, signs, narrow spaces. */
const CHARACTERS = `${run(0x20, 0x7e)}${run(0xa0, 0xff)}ŒœŸŠšŽžẞ–—‘’‚“”„‹›…•←↑→↓×−≈≤≥€\u2009\u202f`;
/** Kerning, tabular figures, slashed zero, capital I with serifs. */
const FEATURES = ['kern', 'tnum', 'zero', 'cv08'];
const AXES = { wght: { min: 400, max: 650 }, opsz: 14 };

/** Cutting takes most of a second: the result is kept beside the installed packages, under the digest of its inputs. */
export async function interSubset(): Promise<Uint8Array> {
  const source = readFileSync(join(MODULES, 'inter-ui/variable/InterVariable.woff2'));
  const inputs = createHash('sha256')
    .update(source)
    .update(JSON.stringify([CHARACTERS, FEATURES, AXES]))
    .update(readFileSync(join(MODULES, 'subset-font/package.json')));
  const folder = join(MODULES, '.cache/rsb-web');
  const kept = join(folder, `inter-${inputs.digest('hex').slice(0, 16)}.woff2`);
  if (existsSync(kept)) return readFileSync(kept);
  const cut = await subsetFont(source, CHARACTERS, {
    targetFormat: 'woff2',
    variationAxes: AXES,
    keepFeatures: FEATURES,
  });
  mkdirSync(folder, { recursive: true });
  // Written beside and moved, so that a build running at the same time never reads half a font.
  const fresh = `${kept}.${process.pid}`;
  writeFileSync(fresh, cut);
  renameSync(fresh, kept);
  return cut;
}
