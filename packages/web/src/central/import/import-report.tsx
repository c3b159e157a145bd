/** What a file is, or would be: sums, how its columns were read, refused lines with their reason, the first lines. */
import type { ImportColumn, ImportResult } from '@rsb/contract';
import { m } from '@rsb/messages';
import { readableFault } from '../../api/client.ts';
import { HeadCell } from '../../components/DataTable.tsx';
import { Panel } from '../../components/Panel.tsx';
import { WideScroll } from '../../components/WideScroll.tsx';
import { formatCount } from '../../format/count.ts';
import { type Language as Lang, useLang } from '../../language/language.tsx';

const COLUMN_WORDS: Readonly<Record<ImportColumn, (lang: Lang) => string>> = {
  customer: (lang) => m.import_column_customer({}, lang),
  customerNumber: (lang) => m.import_column_customer_number({}, lang),
  contract: (lang) => m.import_column_contract({}, lang),
  site: (lang) => m.import_column_site({}, lang),
  manufacturer: (lang) => m.import_column_manufacturer({}, lang),
  model: (lang) => m.import_column_model({}, lang),
  serial: (lang) => m.import_column_serial({}, lang),
  serviceId: (lang) => m.import_column_service_id({}, lang),
  counter: (lang) => m.import_column_counter({}, lang),
  counterAt: (lang) => m.import_column_counter_at({}, lang),
};

export function ImportReport({ result }: { readonly result: ImportResult }) {
  const lang = useLang();
  const sums: readonly (readonly [string, number])[] = [
    [m.import_lines({}, lang), result.lines],
    [m.import_added({}, lang), result.added],
    [m.import_changed({}, lang), result.changed],
    [m.import_unchanged({}, lang), result.unchanged],
    [m.import_refused({}, lang), result.refusedCount],
    [m.import_new_customers({}, lang), result.customersAdded],
    [m.sites({}, lang), result.sitesAdded],
  ];
  const delimiter = result.delimiter === '\t' ? m.import_tab({}, lang) : `“${result.delimiter}”`;
  return (
    <>
      <dl class="import-sums">
        {sums.map(([word, count]) => (
          <div key={word}>
            <dt>{word}</dt>
            <dd class={word === m.import_refused({}, lang) && count > 0 ? 'num warn' : 'num'}>
              {formatCount(count, lang)}
            </dd>
          </div>
        ))}
      </dl>
      <Panel title={m.import_columns({}, lang)} fact={m.import_read_as({ encoding: result.encoding, delimiter }, lang)}>
        <div class="import-columns">
          {result.columns.map(({ head, column }, at) => (
            // two columns may have the same head
            <span key={at}>
              {head}{' '}
              <span class="second">→ {column ? COLUMN_WORDS[column](lang) : m.import_column_unused({}, lang)}</span>
            </span>
          ))}
        </div>
      </Panel>
      {result.refusedCount > 0 && <Refused result={result} />}
      {result.sample.length > 0 && <Sample result={result} />}
    </>
  );
}

function Refused({ result }: { readonly result: ImportResult }) {
  const lang = useLang();
  const more = result.refusedCount - result.refused.length;
  return (
    <Panel
      title={m.import_refused({}, lang)}
      fact={<span class="num">{formatCount(result.refusedCount, lang)}</span>}
      flush
    >
      <table class="table plain-list">
        <thead>
          <tr>
            <HeadCell first={m.import_line({}, lang)} numeric />
            <HeadCell first={m.import_why({}, lang)} />
          </tr>
        </thead>
        <tbody>
          {result.refused.map((each) => (
            <tr key={each.line} class="row">
              <td class="cell-numeric import-line" data-name={m.import_line({}, lang)}>
                {formatCount(each.line, lang)}
              </td>
              <td>{readableFault(worded(each, lang), lang)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 && <p class="settings-part hint">{m.import_more_refused({ count: formatCount(more, lang) }, lang)}</p>}
    </Panel>
  );
}

/** Columns are named to the reader as the page names them. */
function worded({ code, params }: ImportResult['refused'][number], lang: Lang) {
  const column = Object.entries(COLUMN_WORDS).find(([name]) => name === params['column']);
  return column ? { code, params: { ...params, column: column[1](lang) } } : { code, params };
}

function actionWords(action: ImportResult['sample'][number]['action'], lang: Lang): string {
  switch (action) {
    case 'add':
      return m.import_action_add({}, lang);
    case 'change':
      return m.import_action_change({}, lang);
    case 'keep':
      return m.import_action_keep({}, lang);
  }
}

function Sample({ result }: { readonly result: ImportResult }) {
  const lang = useLang();
  return (
    <Panel title={m.import_first_lines({}, lang)} flush>
      <WideScroll label={m.import_first_lines({}, lang)}>
        <table class="table import-sample">
          <thead>
            <tr>
              <HeadCell first={m.import_line({}, lang)} numeric />
              <HeadCell first={m.customer({}, lang)} />
              <HeadCell first={m.import_column_serial({}, lang)} />
              <HeadCell first={m.import_column_service_id({}, lang)} />
              <HeadCell first={m.import_column_contract({}, lang)} />
              <HeadCell first={m.import_column_counter({}, lang)} numeric />
              <HeadCell first={m.import_column_counter_at({}, lang)} />
              <HeadCell first={m.import_action({}, lang)} />
            </tr>
          </thead>
          <tbody>
            {result.sample.map((each) => (
              <tr key={each.line} class="row">
                <td class="cell-numeric">{formatCount(each.line, lang)}</td>
                <td>{each.customer}</td>
                <td class="serial">{each.serial}</td>
                <td>{each.serviceId ?? <span class="none">–</span>}</td>
                <td>{each.contract ?? <span class="none">–</span>}</td>
                <td class="cell-numeric">
                  {each.counter === null ? <span class="none">–</span> : formatCount(each.counter, lang)}
                </td>
                <td class="num">{each.counterAt ?? <span class="none">–</span>}</td>
                <td>{actionWords(each.action, lang)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </WideScroll>
    </Panel>
  );
}
