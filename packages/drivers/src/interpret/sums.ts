/** The device's own sums: they confirm counts, and weak ones that they do not confirm are taken back. */
import { addCounts } from '../blocks/count.ts';
import type { CountPath, Draft, SplitName } from '../draft.ts';

const SPLITS: readonly SplitName[] = ['total', 'print', 'copy', 'fax', 'scan'];

interface Sum {
  readonly words: string;
  readonly parts: readonly CountPath[];
  readonly whole: CountPath;
}

const SHADES = ['all', 'mono', 'color'] as const;
const ofFunctions = (shade: (typeof SHADES)[number], ...functions: readonly SplitName[]): readonly CountPath[] =>
  functions.map((name): CountPath => `counters.${name}.${shade}`);

const SUMS: readonly Sum[] = [
  ...SPLITS.map(
    (split): Sum => ({
      words: 'mono + color = all',
      parts: [`counters.${split}.mono`, `counters.${split}.color`],
      whole: `counters.${split}.all`,
    }),
  ),
  ...SHADES.flatMap((shade): readonly Sum[] => {
    const whole: CountPath = `counters.total.${shade}`;
    return [
      { words: `print + copy + fax = total (${shade})`, parts: ofFunctions(shade, 'print', 'copy', 'fax'), whole },
      { words: `print + copy = total (${shade})`, parts: ofFunctions(shade, 'print', 'copy'), whole },
    ];
  }),
  ...(['counters.vendorLife', 'counters.life'] as const).flatMap((whole): readonly Sum[] => {
    const count = whole === 'counters.life' ? 'life count' : "vendor's life count";
    return [
      { words: `mono + color = ${count}`, parts: ['counters.total.mono', 'counters.total.color'], whole },
      { words: `print + copy + fax = ${count}`, parts: ofFunctions('all', 'print', 'copy', 'fax'), whole },
      { words: `print + copy = ${count}`, parts: ofFunctions('all', 'print', 'copy'), whole },
      { words: `total = ${count}`, parts: ['counters.total.all'], whole },
    ];
  }),
];

export function checkSums(draft: Draft): void {
  for (const sum of SUMS)
    if (closes(draft, sum)) for (const path of [...sum.parts, sum.whole]) draft.confirm(path, sum.words);
  for (const split of SPLITS) {
    const alone: Sum = { words: 'mono = all', parts: [`counters.${split}.mono`], whole: `counters.${split}.all` };
    // A machine that tells no color prints all in mono.
    if (draft.countOf(`counters.${split}.color`) === null && closes(draft, alone))
      for (const path of [...alone.parts, alone.whole]) draft.confirm(path, alone.words);
  }
  for (const [path, { source, value }] of [...draft.counts]) {
    if (source.evidence === 'reported' && source.check === undefined) {
      draft.withdraw(path, 'checkFailed', `reported by others only, and no sum of the device's own confirms ${value}`);
    }
  }
}

/** Whether a sum holds that might not: a whole that was itself added up, or is its own part, proves nothing, nor do zeros. */
function closes(draft: Draft, { parts, whole }: Sum): boolean {
  const claim = draft.counts.get(whole);
  if (claim === undefined || claim.source.how === 'sum' || claim.value === 0) return false;
  const told = parts.map((part) => draft.counts.get(part)).filter((part) => part !== undefined);
  if (told.some(({ source }) => source.oids.some((oid) => claim.source.oids.includes(oid)))) return false;
  return told.length === parts.length && addCounts(told.map(({ value }) => value)) === claim.value;
}
