/** A table on its way into a file: a head and rows of texts and numbers. */

export interface FileTable {
  /** Of the file, and of the sheet in it. */
  readonly name: string;
  readonly head: readonly string[];
  /** Numbers are numbers; a count beyond 2^53 stays a text, exact. null: nothing is told. */
  readonly rows: readonly (readonly (string | number | null)[])[];
}

export type FileKind = 'csv' | 'xlsx';

/** What file systems and shells take as something else. */
const UNSAFE = /[^\p{Letter}\p{Number} ._-]+/gu;

export const fileName = (name: string, kind: FileKind): string =>
  `${
    name
      .replace(UNSAFE, ' ')
      .replace(/\s+/g, ' ')
      .replace(/^[. ]+/, '')
      .trim()
      .slice(0, 80) || 'export'
  }.${kind}`;
