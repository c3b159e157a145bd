/** The switch at the right of a chart's head: how much time it shows. */
import { m } from '@rsb/messages';
import { useLang } from '../language/language.tsx';
import '../components/Segments.css';

export interface RangeChoiceProps<R extends string> {
  /** What the chart shows, for who listens: two switches stand on one page. */
  readonly of: string;
  readonly ranges: readonly R[];
  readonly names: Readonly<Record<R, string>>;
  readonly range: R;
  readonly onRange: (range: R) => void;
}

export function RangeChoice<R extends string>({ of, ranges, names, range, onRange }: RangeChoiceProps<R>) {
  const lang = useLang();
  return (
    <fieldset class="segments no-print" aria-label={`${m.range_label({}, lang)}: ${of}`}>
      {ranges.map((each) => (
        <button key={each} type="button" aria-pressed={each === range} onClick={() => onRange(each)}>
          {names[each]}
        </button>
      ))}
    </fieldset>
  );
}
