/** The device's own sums: they confirm counts, and weak ones that they do not confirm are taken back. */
import { addCounts } from '../blocks/count.ts';
import type { CountPath, Draft, SplitName } from '../draft.ts';

const SPLITS: readonly SplitName[] = ['total', 'print', 'copy', 'fax', 'scan'];

interface Sum {
  readonly words: string;
  readonly parts: readonly CountPath[];
  readonly whole: CountPath;
}

const SUMS: readonly Sum[] = [
  ...SPLITS.map(
    (split): Sum => ({
      words: 'mono + color = all',
      parts: [`counters.${split}.mono`, `counters.${split}.color`],
      whole: `counters.${split}.all`,
    }),
  ),
  ...(['all', 'mono', 'color'] as const).flatMap((shade): readonly Sum[] => [
    {
      words: `print + copy + fax = total (${shade})`,
      parts: [`counters.print.${shade}`, `counters.copy.${shade}`, `counters.fax.${shade}`],
      whole: `counters.total.${shade}`,
    },
    {
      words: `print + copy = total (${shade})`,
      parts: [`counters.print.${shade}`, `counters.copy.${shade}`],
      whole: `counters.total.${shade}`,
    },
  ]),
];

export function checkSums(draft: Draft): void {
  for (const { words, parts, whole } of SUMS) {
    const told = parts.map((part) => draft.countOf(part)).filter((count) => count !== null);
    if (told.length !== parts.length || addCounts(told) !== draft.countOf(whole)) continue;
    for (const path of [...parts, whole]) draft.confirm(path, words);
  }
  for (const [path, { source, value }] of [...draft.counts]) {
    if (source.evidence === 'reported' && source.check === undefined && !equalsLife(draft, path)) {
      draft.withdraw(path, 'checkFailed', `reported by others only, and no sum of the device's own confirms ${value}`);
    }
  }
}

/** A total that equals the standard life count is confirmed by it. */
function equalsLife(draft: Draft, path: CountPath): boolean {
  if (path !== 'counters.total.all' && path !== 'counters.vendorLife') return false;
  const life = draft.countOf('counters.life');
  if (life === null || life === 0 || draft.countOf(path) !== life) return false;
  draft.confirm(path, 'equals the life count');
  return true;
}
