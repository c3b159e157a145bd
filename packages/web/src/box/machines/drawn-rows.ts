/**
 * Which rows of a long list are drawn, and in which element each: those in view at once, those around them by and by. A key
 * or a leap that brings other rows changes the words of the elements that stand there, which costs a third of new ones.
 */

export interface Span {
  readonly first: number;
  /** Behind the last. */
  readonly end: number;
}

const length = ({ first, end }: Span): number => end - first;

/** `seen` with what is drawn already of `wanted`, where the two make one piece. */
function kept(drawn: Span, seen: Span, wanted: Span): Span {
  const first = Math.max(drawn.first, wanted.first);
  const end = Math.min(drawn.end, wanted.end);
  if (first > seen.end || end < seen.first || first >= end) return seen;
  return { first: Math.min(first, seen.first), end: Math.max(end, seen.end) };
}

/** What is drawn next: all that is seen, and of the rest of `wanted` as much as makes no more than `most` new rows. */
export function nextSpan(
  drawn: Span,
  { seen, wanted, most }: Readonly<Record<'seen' | 'wanted', Span>> & { readonly most: number },
): Span {
  const whole = kept(drawn, seen, wanted);
  const overlap = Math.max(0, Math.min(whole.end, drawn.end) - Math.max(whole.first, drawn.first));
  let left = Math.max(0, most - (length(whole) - overlap));
  const end = Math.min(wanted.end, whole.end + left);
  left -= end - whole.end;
  return { first: Math.max(wanted.first, whole.first - left), end };
}

/** As many elements wait for a row as a large screen and what lies around it take. */
const SPARE = 60;

/**
 * Gives each row drawn the number of the element that it stands in. One whose row went is given to a row that comes in its
 * place, or waits for it, unseen, behind the others.
 */
export class RowElements {
  private ids: readonly string[] = [];
  private numbers: readonly number[] = [];
  private spares: readonly number[] = [];
  private made = 0;

  /** Elements that wait for a row. */
  get waiting(): readonly number[] {
    return this.spares;
  }

  /** Whether most of these rows are others than those drawn. */
  isOther(ids: readonly string[]): boolean {
    const before = new Set(this.ids);
    return ids.reduce((count, id) => count + (before.has(id) ? 1 : 0), 0) * 2 < ids.length;
  }

  /** `isHeld`: somebody works in a row, which then keeps its element whatever comes. */
  next(ids: readonly string[], isHeld: boolean): readonly number[] {
    const before = new Map(this.ids.map((id, at) => [id, this.numbers[at] ?? 0]));
    const now = new Set(ids);
    const isOther = !isHeld && this.isOther(ids);
    const isKept = (id: string | undefined) => id !== undefined && !isOther && before.has(id) && now.has(id);
    // Only what stands behind the last row that stays is given on: an element that moves costs as much as a new one, and
    // Chromium 156 forgets to look at `:hover` again in it.
    const left = this.ids.findLastIndex(isKept) + 1;
    const come = ids.findLastIndex(isKept) + 1;
    const free = isHeld ? [...this.spares] : [...this.numbers.slice(left), ...this.spares];
    const fresh = () => {
      this.made += 1;
      return this.made;
    };
    this.numbers = ids.map((id, at) => {
      const own = isKept(id) ? before.get(id) : at >= come ? free.shift() : undefined;
      return own ?? fresh();
    });
    this.spares = free.slice(0, SPARE);
    this.ids = ids;
    return this.numbers;
  }
}
