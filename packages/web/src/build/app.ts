/** One browser app: scripts split so that pages and charts load when shown, one style sheet, font, icons, index.html. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import * as esbuild from 'esbuild';
import { interSubset } from './font.ts';
import { drawnIcons, iconSprite } from './icons.ts';
import { LATER_SHARED, languages } from './languages.ts';
import { licences } from './licences.ts';
import { indexPage } from './page.ts';
import { MODULES, WEB } from './paths.ts';

export type AppName = 'box' | 'central';
const TITLES: Readonly<Record<AppName, string>> = { box: 'Device Manager', central: 'Central' };
/** Folders whose pages load when they are opened, with their words and styles. */
const LATER: Readonly<Record<AppName, readonly string[]>> = {
  box: ['enrolment', 'export', 'first-start', 'health', 'machine', 'settings', 'sign-in', 'what-left'],
  central: ['api-document', 'customer', 'device', 'devices', 'sign-in'],
};

/** Components that no page shows before one of those. */
const LATER_COMPONENTS: Readonly<Record<AppName, readonly string[]>> = {
  box: ['ChoiceRow', 'CounterMatrix', 'PasswordField', 'Segments', 'Steps', 'SupplyList', 'Switch', 'TonerBar'],
  central: [],
};

/** Scripts that run before the first paint, in this order. */
const FIRST: Readonly<Record<AppName, readonly string[]>> = {
  box: ['look/first-paint.js', 'look/first-language.js', 'box/first-asks.js'],
  central: ['look/first-paint.js', 'look/first-language.js'],
};

export interface BuiltFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Asked for by the first page; the rest is loaded where it is needed. */
  readonly first: boolean;
}

const hashed = (stem: string, ext: string, bytes: Uint8Array | string) =>
  `${stem}-${createHash('sha256').update(bytes).digest('hex').slice(0, 10)}.${ext}`;

const TARGET = ['es2023', 'chrome123', 'firefox121', 'safari17.5'];

/**
 * What the first page needs is one file, not one for each set of later pages that share a part of it: every page that loads
 * later names the app, so that all the app's parts are common to all. A browser then asks twice where it asked 18 times.
 */
const oneFirstChunk = (app: AppName): esbuild.Plugin => ({
  name: 'one-first-chunk',
  setup(build) {
    const later = new Set<string>();
    build.onResolve({ filter: /^\.{1,2}\// }, ({ path, kind, resolveDir }) => {
      if (kind === 'dynamic-import') later.add(join(resolveDir, path));
      return null;
    });
    build.onLoad({ filter: /\.tsx?$/ }, ({ path }) => {
      if (!later.has(path)) return null;
      const shared = JSON.stringify(join(WEB, 'src', app, 'app.tsx'));
      return {
        contents: `${readFileSync(path, 'utf8')}\nimport ${shared};\n`,
        loader: path.endsWith('x') ? 'tsx' : 'ts',
      };
    });
  },
});

async function scripts(app: AppName, defined: Readonly<Record<string, string>>) {
  return esbuild.build({
    entryPoints: { app: join(WEB, 'src', app, 'main.tsx') },
    bundle: true,
    splitting: true,
    format: 'esm',
    target: TARGET,
    minify: true,
    charset: 'utf8',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    outdir: '/',
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    write: false,
    metafile: true,
    legalComments: 'none',
    // Style sheets are gathered into one below: a chunk that loads later then needs no sheet of its own.
    loader: { '.css': 'empty' },
    define: { ...defined, 'process.env.NODE_ENV': '"production"' },
    plugins: [
      oneFirstChunk(app),
      drawnIcons,
      languages({ app, others: [app === 'box' ? 'central' : 'box'], later: LATER[app] }),
    ],
    logLevel: 'warning',
  });
}

/** Tokens and base first, then components, then pages: later sheets may lean on earlier ones. */
function sheetOrder(path: string): string {
  const rank = path.includes('/look/tokens') ? 0 : path.includes('/look/') ? 1 : path.includes('/components/') ? 2 : 3;
  return `${rank} ${path}`;
}

/** Sheets that the sources import, found without building: their text is part of the script's address. */
async function sheetsOf(
  app: AppName,
): Promise<{ readonly first: readonly string[]; readonly later: readonly string[] }> {
  const { metafile } = await scripts(app, { ICON_SPRITE: '""', LATER_STYLE: '""' });
  const sheets = Object.keys(metafile.inputs)
    .filter((path) => path.endsWith('.css'))
    .map((path) => `./${relative(WEB, path)}`)
    .sort((a, b) => (sheetOrder(a) < sheetOrder(b) ? -1 : 1));
  const isLater = (path: string) =>
    LATER[app].some((folder) => path.startsWith(`./src/${app}/${folder}/`)) ||
    LATER_SHARED.some((folder) => path.startsWith(`./src/${folder}/`)) ||
    LATER_COMPONENTS[app].some((name) => path === `./src/components/${name}.css`);
  return { first: sheets.filter((path) => !isLater(path)), later: sheets.filter(isLater) };
}

async function styles(sheets: readonly string[], font: string): Promise<string> {
  const result = await esbuild.build({
    stdin: {
      contents: sheets.map((sheet) => `@import ${JSON.stringify(sheet)};`).join('\n'),
      loader: 'css',
      resolveDir: WEB,
    },
    bundle: true,
    minify: true,
    target: TARGET,
    write: false,
    external: ['/assets/*'],
    logLevel: 'warning',
    legalComments: 'none',
  });
  const css = result.outputFiles[0]?.text ?? '';
  return css.replaceAll('/assets/inter.woff2', `/assets/${font}`);
}

/** What `entry` imports at once, not when it is needed, from esbuild's account of the build. */
function reached(
  parts: Readonly<Record<string, { readonly imports: readonly { readonly path: string; readonly kind: string }[] }>>,
  entry: string,
): ReadonlySet<string> {
  const seen = new Set<string>();
  const walk = (path: string) => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const to of parts[path]?.imports ?? []) if (to.kind === 'import-statement') walk(to.path);
  };
  walk(entry);
  return seen;
}

async function minified(path: string): Promise<string> {
  const { code } = await esbuild.transform(readFileSync(join(WEB, 'src', path), 'utf8'), {
    minify: true,
    target: TARGET,
    legalComments: 'none',
  });
  return code;
}

/** The file with the first page's words, by language. */
function firstLanguages({ outputs }: esbuild.Metafile): Readonly<Record<string, string>> {
  const entries = Object.entries(outputs).flatMap(([path, { entryPoint }]) => {
    const locale = /language\/first\/([a-z]+)$/.exec(entryPoint ?? '')?.[1];
    return locale === undefined ? [] : [[locale, basename(path)] as const];
  });
  return Object.fromEntries(entries);
}

export async function buildApp(app: AppName, out: string): Promise<readonly BuiltFile[]> {
  const sprite = iconSprite();
  const icons = hashed('icons', 'svg', sprite);
  const fontBytes = await interSubset();
  const font = hashed('inter', 'woff2', fontBytes);
  const firstPaint = (await Promise.all(FIRST[app].map(minified))).join('');
  const firstPaintName = hashed('first-paint', 'js', firstPaint);
  const mark = readFileSync(join(WEB, 'src/look/mark.svg'));

  const sheets = await sheetsOf(app);
  const css = await styles(sheets.first, font);
  const cssName = hashed('app', 'css', css);
  const laterCss = await styles(sheets.later, font);
  const laterName = hashed('later', 'css', laterCss);
  const { outputFiles, metafile } = await scripts(app, {
    ICON_SPRITE: JSON.stringify(`/assets/${icons}`),
    LATER_STYLE: JSON.stringify(sheets.later.length > 0 ? `/assets/${laterName}` : ''),
  });
  const entry = Object.keys(metafile.outputs).find((path) => metafile.outputs[path]?.entryPoint?.endsWith('main.tsx'));
  if (entry === undefined) throw new Error(`${app}: the build made no entry`);
  const first = new Set([...reached(metafile.outputs, entry)].map((path) => basename(path)));
  // English is counted as first: one language is always loaded.
  const english = firstLanguages(metafile).en;
  const firstOrLanguage = new Set([...first, ...(english ? [english] : [])]);

  const page = indexPage({
    title: TITLES[app],
    script: basename(entry),
    preload: [...first].filter((name) => name !== basename(entry)),
    style: cssName,
    font,
    firstPaint: firstPaintName,
    languages: firstLanguages(metafile),
  });
  const asset = (name: string, bytes: Uint8Array | string, isFirst: boolean): BuiltFile => ({
    name: `assets/${name}`,
    bytes: typeof bytes === 'string' ? Buffer.from(bytes) : bytes,
    first: isFirst,
  });
  const files: readonly BuiltFile[] = [
    { name: 'index.html', bytes: Buffer.from(page), first: true },
    asset(cssName, css, true),
    ...(sheets.later.length > 0 ? [asset(laterName, laterCss, false)] : []),
    ...outputFiles.map((file) => asset(basename(file.path), file.contents, firstOrLanguage.has(basename(file.path)))),
    asset(firstPaintName, firstPaint, true),
    asset(icons, sprite, true),
    asset(font, fontBytes, true),
    asset('mark.svg', mark, false),
    asset('inter-OFL.txt', readFileSync(join(MODULES, 'inter-ui/LICENSE.txt')), false),
    asset('licences.txt', licences(metafile), false),
  ];
  mkdirSync(join(out, 'assets'), { recursive: true });
  for (const file of files) writeFileSync(join(out, file.name), file.bytes);
  return files;
}
