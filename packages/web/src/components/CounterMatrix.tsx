/** Functions down, mono, colour and all across, the total last (LOOK §8). What is not told is said so, never zero. */
import type { CounterSplit, Counters } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useLang } from '../language/language.tsx';
import { CountValue, type OriginChoice } from './CountValue.tsx';
import { useNarrow } from './use-narrow.ts';
import './CounterMatrix.css';

const FUNCTIONS = ['print', 'copy', 'fax', 'scan'] as const;
const KINDS = ['mono', 'color', 'all'] as const;

export interface CounterMatrixProps extends OriginChoice {
  readonly counters: Counters;
}

export function CounterMatrix({ counters, ...choice }: CounterMatrixProps) {
  const lang = useLang();
  const narrow = useNarrow();
  const names = {
    print: m.counter_print({}, lang),
    copy: m.counter_copy({}, lang),
    fax: m.counter_fax({}, lang),
    scan: m.counter_scan({}, lang),
    total: m.counter_total({}, lang),
  };
  const row = (name: keyof typeof names, split: CounterSplit) => {
    // On a phone one word stands for all three.
    const isOneWord = narrow && KINDS.every((kind) => split[kind] === null);
    return (
      <tr key={name} class={name === 'total' ? 'matrix-total' : undefined}>
        <th scope="row">{names[name]}</th>
        {(isOneWord ? (['all'] as const) : KINDS).map((kind) => (
          <td
            key={kind}
            colSpan={isOneWord ? KINDS.length : 1}
            class={split[kind] === null ? 'cell-numeric matrix-none' : 'cell-numeric'}
          >
            <CountValue
              count={split[kind]}
              path={`counters.${name}.${kind}`}
              short={narrow && !isOneWord}
              {...choice}
            />
          </td>
        ))}
      </tr>
    );
  };
  return (
    <table class="plain-table matrix">
      <thead>
        <tr>
          <th scope="col">{m.counter_function({}, lang)}</th>
          <th scope="col" class="cell-numeric">
            <i class="matrix-square matrix-mono" /> {m.counter_head_mono({}, lang)}
          </th>
          <th scope="col" class="cell-numeric">
            <i class="matrix-square matrix-color" /> {m.counter_head_color({}, lang)}
          </th>
          <th scope="col" class="cell-numeric">
            {m.counter_head_all({}, lang)}
          </th>
        </tr>
      </thead>
      <tbody>
        {FUNCTIONS.map((name) => row(name, counters[name]))}
        {row('total', counters.total)}
      </tbody>
    </table>
  );
}
