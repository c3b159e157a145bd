/** The ERP's machines held against those that boxes see: what is missing, what nobody expected. */
import { m } from '@rsb/messages';
import { HeadCell, TwoLines } from '../../components/DataTable.tsx';
import { Panel } from '../../components/Panel.tsx';
import { formatCount } from '../../format/count.ts';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { api } from '../api/central-api.ts';
import { customerPath, devicePath } from '../router.ts';
import { useResource } from '../use-resource.ts';
import '../settings/settings-page.css';

export function ExpectedPanel({ customer }: { readonly customer: string }) {
  const lang = useLang();
  const summary = useResource(api.getExpectedSummary(customer));
  if (!summary.value || summary.value.expected === 0) return null;
  const { expected, unseen, unexpected } = summary.value;
  const fact = m.expected_fact(
    { seen: formatCount(expected - unseen, lang), expected: formatCount(expected, lang) },
    lang,
  );
  return (
    <Panel id="expected" title={m.expected_title({}, lang)} fact={fact} flush>
      {unseen === 0 ? (
        <p class="settings-part fact">{m.expected_all_seen({}, lang)}</p>
      ) : (
        <Unseen customer={customer} />
      )}
      {unexpected === 0 ? (
        <p class="settings-part fact">{m.expected_none_more({}, lang)}</p>
      ) : (
        <Unexpected customer={customer} />
      )}
    </Panel>
  );
}

function Unseen({ customer }: { readonly customer: string }) {
  const lang = useLang();
  const machines = useResource(api.listExpected(customer, { state: 'unseen' }));
  return (
    <table class="table plain-list">
      <thead>
        <tr>
          <HeadCell first={m.expected_unseen({}, lang)} />
          <HeadCell first={m.import_column_model({}, lang)} second={m.import_column_manufacturer({}, lang)} />
          <HeadCell first={m.import_column_service_id({}, lang)} second={m.import_column_contract({}, lang)} />
          <HeadCell first={m.import_column_counter({}, lang)} second={m.import_column_counter_at({}, lang)} numeric />
        </tr>
      </thead>
      <tbody>
        {(machines.value ?? []).map((machine) => (
          <tr key={machine.serial} class="row">
            <th scope="row" class="serial">
              <TwoLines
                first={machine.serial}
                second={
                  machine.elsewhere ? (
                    <a href={customerPath(machine.elsewhere.customer)}>
                      {m.expected_elsewhere({ name: machine.elsewhere.name }, lang)}
                    </a>
                  ) : (
                    machine.site
                  )
                }
              />
            </th>
            <td>
              <TwoLines first={machine.model ?? <span class="none">–</span>} second={machine.manufacturer} />
            </td>
            <td>
              <TwoLines first={machine.serviceId ?? <span class="none">–</span>} second={machine.contract} />
            </td>
            <td class="cell-numeric">
              <TwoLines
                first={machine.counter === null ? <span class="none">–</span> : formatCount(machine.counter, lang)}
                second={machine.counterAt}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Unexpected({ customer }: { readonly customer: string }) {
  const lang = useLang();
  const dates = useDates();
  const machines = useResource(api.listUnexpected(customer));
  return (
    <table class="table plain-list">
      <thead>
        <tr>
          <HeadCell first={m.expected_unexpected({}, lang)} />
          <HeadCell first={m.import_column_model({}, lang)} second={m.import_column_manufacturer({}, lang)} />
          <HeadCell first={m.first_heard({}, lang)} />
        </tr>
      </thead>
      <tbody>
        {(machines.value ?? []).map((machine) => (
          <tr key={machine.device} class="row">
            <th scope="row" class="serial">
              <TwoLines
                first={
                  <a href={devicePath(customer, machine.device)}>
                    {machine.serial ?? machine.address ?? machine.device}
                  </a>
                }
                second={machine.address}
              />
            </th>
            <td>
              <TwoLines first={machine.model ?? <span class="none">–</span>} second={machine.manufacturer} />
            </td>
            <td data-name={m.first_heard({}, lang)}>{dates.day(machine.firstHeard)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
