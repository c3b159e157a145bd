/**
 * Gives the browser one language at a time: `@rsb/messages` becomes a table that asks the language loaded, and each
 * language becomes two chunks with only the messages that this app's sources name: those of the first page, and the rest.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { MESSAGES, WEB } from './paths.ts';

const LOCALES = ['en', 'fr', 'de'];

export interface AppSources {
  readonly app: string;
  /** Folders of the other apps below `src`. */
  readonly others: readonly string[];
  /** Folders of this app whose pages load when they are opened. */
  readonly later: readonly string[];
}

/** Folders of both apps that load with the pages that show them. */
export const LATER_SHARED: readonly string[] = ['charts', 'export'];

/** Only pages that load later word a diagnosis, a machine's alert, or what drivers say of objects and values, or say their names. */
const WORDED_LATER = ['alert-code', 'diagnosis', 'driver-words', 'purpose', 'value-words'];
const WORDED = new RegExp(`messages[\\\\/]src[\\\\/](fault|${WORDED_LATER.join('|')})\\.ts$`);

function keysIn(files: readonly string[]): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const file of files) {
    for (const match of readFileSync(file, 'utf8').matchAll(/\bm\.([a-z][a-z0-9_]*)\b/g)) keys.add(match[1] ?? '');
  }
  return keys;
}

/** `m.some_key` in the sources of an app and of what it shares with the other. */
export function usedKeys({ app, others, later }: AppSources): {
  readonly first: ReadonlySet<string>;
  readonly rest: ReadonlySet<string>;
} {
  const laterFolders = [
    ...later.map((folder) => `src/${app}/${folder}/**`),
    ...LATER_SHARED.map((folder) => `src/${folder}/**`),
  ];
  const first = globSync('src/**/*.{ts,tsx}', {
    cwd: WEB,
    exclude: ['src/build/**', ...others.map((other) => `src/${other}/**`), ...laterFolders],
  });
  const rest = laterFolders.flatMap((pattern) => globSync(`${pattern}/*.{ts,tsx}`, { cwd: WEB }));
  const inWeb = (file: string) => join(WEB, file);
  const firstKeys = keysIn(first.map(inWeb));
  if (firstKeys.size === 0) throw new Error(`no message is used by ${app}: the search is broken`);
  const worded = WORDED_LATER.map((file) => join(MESSAGES, `src/${file}.ts`));
  return { first: firstKeys, rest: keysIn([...rest.map(inWeb), ...worded]) };
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

/** Errors and their details are looked up by code, so that each app has the words of all of them. */
const isLookedUp = (key: string): boolean => key.startsWith('error_') || key.startsWith('detail_');

/** Cut out of the language's module beforehand: within one build, parts of one module always end in one chunk. */
async function languageModule(part: string, locale: string, sources: AppSources): Promise<string> {
  const { first, rest } = usedKeys(sources);
  const belongs = (key: string) =>
    part === 'first' ? first.has(key) : !first.has(key) && (rest.has(key) || isLookedUp(key));
  const exported = [...compiledNames()]
    .filter(([key]) => belongs(key))
    .map(([key, name]) => (key === name ? key : `${name} as "${key}"`));
  const cut = await esbuild.build({
    stdin: {
      contents: `export { ${exported.join(', ')} } from './${locale}.js';`,
      resolveDir: join(MESSAGES, 'generated/messages'),
    },
    bundle: true,
    format: 'esm',
    minify: true,
    charset: 'utf8',
    write: false,
  });
  return cut.outputFiles[0]?.text ?? '';
}

const loaders = (part: string) =>
  `{ ${LOCALES.map((locale) => `${locale}: () => import('rsb:language/${part}/${locale}')`).join(', ')} }`;

/** A message that is asked for before its chunk has come is empty; the provider draws again when it is there. */
const TABLE = `
const spoken = { en: {}, fr: {}, de: {} };
const say = (key) => Object.assign(
  (inputs = {}, options) => spoken[options.locale][key]?.(inputs) ?? '',
  { parts: (inputs, options) => spoken[options.locale][key]?.parts(inputs) ?? [] },
);
export const m = new Proxy({}, { get: (said, key) => (said[key] ??= say(key)) });
/** For look-ups by name: what no language loaded has is not there. */
export const known = new Proxy({}, {
  get: (_, key) => (Object.values(spoken).some((language) => key in language) ? m[key] : undefined),
});
const first = ${loaders('first')};
const rest = ${loaders('rest')};
const add = async (part, locale) => { Object.assign(spoken[locale], await part[locale]()); };
export const loadLanguage = (locale) => add(first, locale);
export const loadRest = (locale) => add(rest, locale);
`;

const ALL_IMPORT = "import * as m from '../generated/messages.js';";

export function languages(sources: AppSources): esbuild.Plugin {
  return {
    name: 'languages',
    setup(build) {
      build.onResolve({ filter: /^rsb:language/ }, ({ path }) => ({ path, namespace: 'languages' }));
      build.onLoad({ filter: /./, namespace: 'languages' }, async ({ path }) => {
        if (path === 'rsb:languages') return { contents: TABLE };
        const [, part = '', locale = ''] = path.split('/');
        return { contents: await languageModule(part, locale, sources) };
      });
      build.onLoad({ filter: /messages[\\/]src[\\/]index\.ts$/ }, () => ({
        contents: `export { m } from 'rsb:languages'; export { LOCALES, localeFrom } from './locale.ts';`,
        resolveDir: join(MESSAGES, 'src'),
      }));
      // They are written for every program; in a browser they speak the languages that are loaded.
      build.onLoad({ filter: WORDED }, ({ path }) => {
        const source = readFileSync(path, 'utf8');
        if (!source.includes(ALL_IMPORT)) throw new Error(`${path} no longer says ${ALL_IMPORT}`);
        const name = path.endsWith('fault.ts') ? 'known as m' : 'm';
        return { contents: source.replace(ALL_IMPORT, `import { ${name} } from 'rsb:languages';`), loader: 'ts' };
      });
    },
  };
}
