/** Functions down, mono, colour and all across, the total last (LOOK §8). What is not told is said so, never zero. */
import type { CounterSplit, Counters } from '@rsb/contract';
import { m } from '@rsb/messages';
import { type Count, formatCount } from '../format/count.ts';
import { useLang } from '../language/language.tsx';
import './CounterMatrix.css';

const FUNCTIONS = ['print', 'copy', 'fax', 'scan'] as const;

export function CounterMatrix({ counters }: { readonly counters: Counters }) {
  const lang = useLang();
  const names = {
    print: m.counter_print({}, lang),
    copy: m.counter_copy({}, lang),
    fax: m.counter_fax({}, lang),
    scan: m.counter_scan({}, lang),
  };
  const row = (key: string, name: string, split: CounterSplit) => (
    <tr key={key} class={key === 'total' ? 'matrix-total' : undefined}>
      <th scope="row">{name}</th>
      <Value count={split.mono} />
      <Value count={split.color} />
      <Value count={split.all} />
    </tr>
  );
  return (
    <table class="plain-table matrix">
      <thead>
        <tr>
          <th scope="col">{m.counter_function({}, lang)}</th>
          <th scope="col" class="cell-numeric">
            <i class="matrix-square matrix-mono" /> {m.counter_mono({}, lang)}
          </th>
          <th scope="col" class="cell-numeric">
            <i class="matrix-square matrix-color" /> {m.counter_color({}, lang)}
          </th>
          <th scope="col" class="cell-numeric">
            {m.counter_all({}, lang)}
          </th>
        </tr>
      </thead>
      <tbody>
        {FUNCTIONS.map((name) => row(name, names[name], counters[name]))}
        {row('total', m.counter_total({}, lang), counters.total)}
      </tbody>
    </table>
  );
}

function Value({ count }: { readonly count: Count | null }) {
  const lang = useLang();
  return count === null ? (
    <td class="cell-numeric matrix-none">{m.not_told({}, lang)}</td>
  ) : (
    <td class="cell-numeric">{formatCount(count, lang)}</td>
  );
}
