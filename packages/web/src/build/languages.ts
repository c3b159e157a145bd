/**
 * Gives the browser one language at a time: `@rsb/messages` becomes a table that asks the language loaded last, and each
 * language becomes a chunk that holds only the messages which this app's sources name.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { MESSAGES, WEB } from './paths.ts';

const LOCALES = ['en', 'fr', 'de'];

/** `m.some_key` in the sources of an app and of what it shares with the other. */
export function usedKeys(app: string, otherApps: readonly string[]): readonly string[] {
  const files = [
    ...globSync('src/**/*.{ts,tsx}', {
      cwd: WEB,
      exclude: ['src/build/**', ...otherApps.map((name) => `src/${name}/**`)],
    }).map((file) => join(WEB, file)),
    ...globSync('src/**/*.ts', { cwd: MESSAGES }).map((file) => join(MESSAGES, file)),
  ];
  const keys = new Set<string>();
  for (const file of files) {
    for (const match of readFileSync(file, 'utf8').matchAll(/\bm\.([a-z][a-z0-9_]*)\b/g)) keys.add(match[1] ?? '');
  }
  if (keys.size === 0) throw new Error(`no message is used by ${app}: the search is broken`);
  return [...keys].sort();
}

/** Message key → the name under which the compiled language modules hold it. */
function compiledNames(): ReadonlyMap<string, string> {
  const index = readFileSync(join(MESSAGES, 'generated/messages/_index.js'), 'utf8');
  const names = new Map<string, string>();
  for (const match of index.matchAll(/^export const ([A-Za-z0-9_]+) =/gm)) names.set(match[1] ?? '', match[1] ?? '');
  for (const match of index.matchAll(/^export \{ ([A-Za-z0-9_]+) as "([^"]+)" \}/gm)) {
    names.delete(match[1] ?? '');
    names.set(match[2] ?? '', match[1] ?? '');
  }
  return names;
}

/** Errors and their details are looked up by their code, so that each app has the words of all of them. */
function languageModule(locale: string, used: ReadonlySet<string>): string {
  const exported = [...compiledNames()]
    .filter(([key]) => used.has(key) || /^(error|detail)_/.test(key))
    .map(([key, name]) => (key === name ? key : `${name} as "${key}"`));
  return `export { ${exported.join(', ')} } from './${locale}.js';`;
}

const FAULT_IMPORT = "import * as m from '../generated/messages.js';";

const table = `
const spoken = {};
const say = (key) => Object.assign(
  (inputs = {}, options) => spoken[options.locale][key](inputs),
  { parts: (inputs, options) => spoken[options.locale][key].parts(inputs) },
);
export const m = new Proxy({}, { get: (said, key) => (said[key] ??= say(key)) });
const load = { ${LOCALES.map((locale) => `${locale}: () => import('rsb:language/${locale}')`).join(', ')} };
export async function loadLanguage(locale) { spoken[locale] ??= await load[locale](); }
`;

export function languages(app: string, otherApps: readonly string[]): Plugin {
  const used = new Set(usedKeys(app, otherApps));
  return {
    name: 'languages',
    setup(build) {
      build.onResolve({ filter: /^rsb:language/ }, ({ path }) => ({ path, namespace: 'languages' }));
      build.onLoad({ filter: /./, namespace: 'languages' }, ({ path }) =>
        path === 'rsb:languages'
          ? { contents: table }
          : {
              contents: languageModule(path.split('/')[1] ?? '', used),
              resolveDir: join(MESSAGES, 'generated/messages'),
            },
      );
      build.onLoad({ filter: /messages[\\/]src[\\/]index\.ts$/ }, () => ({
        contents: `export { m } from 'rsb:languages'; export { LOCALES, localeFrom } from './locale.ts';`,
        resolveDir: join(MESSAGES, 'src'),
      }));
      build.onLoad({ filter: /messages[\\/]src[\\/]fault\.ts$/ }, ({ path }) => {
        const source = readFileSync(path, 'utf8');
        if (!source.includes(FAULT_IMPORT)) throw new Error(`${path} no longer says ${FAULT_IMPORT}`);
        return { contents: source.replace(FAULT_IMPORT, "import { m } from 'rsb:languages';"), loader: 'ts' };
      });
    },
  };
}
