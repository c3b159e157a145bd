/** What stands around a chart: grey while it loads, why it does not, the switch to its table with the same data as CSV. */
import { m } from '@rsb/messages';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from '../components/Button.tsx';
import type { FileTable } from '../export/file-table.ts';
import { saveTable } from '../export/save-file.ts';
import { useLang } from '../language/language.tsx';
import type { History } from './history.ts';
import './charts.css';

export interface TableData {
  readonly name: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** The same rows for other programs: plain numbers, ISO moments. */
  readonly csv: readonly (readonly string[])[];
}

export interface ChartFrameProps {
  readonly history: Pick<History, 'failed' | 'retry'>;
  readonly table: TableData | null;
  /** Said where there is nothing to draw. */
  readonly nothing: string | null;
  readonly notes?: readonly string[];
  readonly children: ComponentChildren;
}

export function ChartFrame({ history, table, nothing, notes = [], children }: ChartFrameProps) {
  const lang = useLang();
  const [asTable, setAsTable] = useState(false);
  if (history.failed) {
    return (
      <div class="chart-empty">
        <p class="fact">{m.part_not_loaded({}, lang)}</p>
        <Button small icon="refresh-cw" onClick={history.retry}>
          {m.try_again({}, lang)}
        </Button>
      </div>
    );
  }
  if (!table) return <div class="chart-empty" role="status" aria-label={m.loading({}, lang)} />;
  if (nothing !== null) {
    return (
      <div class="chart-empty">
        <p class="fact">{nothing}</p>
      </div>
    );
  }
  return (
    <>
      <div class="chart-body">{asTable ? <ChartTable table={table} /> : children}</div>
      <div class="chart-foot no-print">
        <span class="hint">{notes.join(' ')}</span>
        <span class="row-of-buttons push">
          {asTable && (
            <Button
              small
              kind="quiet"
              icon="download"
              onClick={() => void saveTable(fileOf(table), 'csv', lang.locale)}
            >
              CSV
            </Button>
          )}
          <Button small kind="quiet" icon={asTable ? 'chart-column' : 'table'} onClick={() => setAsTable(!asTable)}>
            {asTable ? m.as_a_chart({}, lang) : m.as_a_table({}, lang)}
          </Button>
        </span>
      </div>
    </>
  );
}

function ChartTable({ table }: { readonly table: TableData }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section class="chart-table" aria-label={table.name} tabIndex={0}>
      <table class="plain-table">
        <thead>
          <tr>
            {table.head.map((words, at) => (
              <th key={words} scope="col" class={at === 0 ? undefined : 'cell-numeric'}>
                {words}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((cells) => (
            <tr key={cells[0]}>
              {cells.map((cell, at) =>
                at === 0 ? (
                  <th key="first" scope="row">
                    {cell}
                  </th>
                ) : (
                  <td key={table.head[at]} class="cell-numeric">
                    {cell}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function fileOf({ name, csv: [head = [], ...rows] }: TableData): FileTable {
  return { name, head, rows };
}
