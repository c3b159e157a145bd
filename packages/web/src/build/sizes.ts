/** What a build weighs, as it goes over the wire. */
import { gzipSync } from 'node:zlib';
import type { BuiltFile } from './app.ts';

const gzip = (bytes: Uint8Array) => gzipSync(bytes, { level: 9 }).length;
const kB = (bytes: number) => (bytes / 1000).toFixed(1).padStart(6);

/** Gzip bytes of the script and style that the first page asks for, one language included. */
export function firstLoad(files: readonly BuiltFile[]): number {
  return files
    .filter((file) => file.first && /\.(js|css)$/.test(file.name))
    .reduce((sum, file) => sum + gzip(file.bytes), 0);
}

export function sizeLines(app: string, files: readonly BuiltFile[]): readonly string[] {
  const shown = files.filter((file) => !file.name.endsWith('.txt'));
  return [
    `${app}: first script and style ${(firstLoad(files) / 1000).toFixed(1)} kB gzip`,
    ...shown.map((file) => {
      const packed = file.name.endsWith('.woff2') ? file.bytes.length : gzip(file.bytes);
      return `  ${kB(file.bytes.length)} kB ${kB(packed)} kB gzip  ${file.first ? 'first' : 'later'}  ${file.name}`;
    }),
  ];
}
