/** Customers as a table; cards where it is narrow, by the style sheet. */
import type { CustomerView } from '@rsb/contract';
import { m } from '@rsb/messages';
import { HeadCell } from '../../components/DataTable.tsx';
import { PageState } from '../../components/States.tsx';
import { formatCount } from '../../format/count.ts';
import { plainText } from '../../format/plain-text.ts';
import { useLang } from '../../language/language.tsx';
import { Heard } from '../heard.tsx';
import { inOrder, type Key } from '../list-order.ts';
import type { ListQuery } from '../list-query.ts';
import { customerPath } from '../router.ts';

const KEYS: Readonly<Record<string, (customer: CustomerView) => Key>> = {
  name: (customer) => ({ words: customer.name }),
  boxes: (customer) => ({ count: customer.boxes }),
  machines: (customer) => ({ count: customer.devices }),
  heard: (customer) => ({ moment: customer.lastHeard }),
};

export interface CustomerTableProps {
  readonly customers: readonly CustomerView[];
  readonly list: ListQuery;
  readonly now: number;
}

export function CustomerTable({ customers, list, now }: CustomerTableProps) {
  const lang = useLang();
  const wanted = plainText(list.search.trim());
  const found = customers.filter((customer) => plainText(customer.name).includes(wanted));
  const rows = inOrder(found, KEYS[list.sort] ?? ((customer) => ({ words: customer.name })), list.descending);
  const head = (id: string, first: string, numeric = false) => (
    <HeadCell first={first} numeric={numeric} sorted={list.sortedAs(id)} onSort={() => list.sortBy(id)} />
  );
  if (rows.length === 0) {
    return (
      <PageState title={m.customers_no_match({ search: list.search }, lang)}>
        {m.customers_known({ count: customers.length, known: formatCount(customers.length, lang) }, lang)}
      </PageState>
    );
  }
  return (
    <div class="panel list-panel">
      <table class="table customer-table">
        <thead>
          <tr>
            {head('name', m.customer({}, lang))}
            {head('boxes', m.boxes({}, lang), true)}
            {head('machines', m.machines({}, lang), true)}
            {head('heard', m.last_heard({}, lang), true)}
          </tr>
        </thead>
        <tbody>
          {rows.map((customer) => (
            <tr key={customer.id} class="row row-line">
              <th scope="row">
                <a class="row-link" href={customerPath(customer.id)}>
                  {customer.name}
                </a>
              </th>
              <td class="cell-numeric" data-name={m.boxes({}, lang)}>
                {customer.boxes === 0 ? (
                  <span class="none">{m.none({}, lang)}</span>
                ) : (
                  formatCount(customer.boxes, lang)
                )}
              </td>
              <td class="cell-numeric" data-name={m.machines({}, lang)}>
                {customer.devices === 0 ? (
                  <span class="none">{m.none({}, lang)}</span>
                ) : (
                  formatCount(customer.devices, lang)
                )}
              </td>
              <td class="cell-numeric" data-name={m.last_heard({}, lang)}>
                {customer.boxes === 0 ? <span class="none">–</span> : <Heard at={customer.lastHeard} now={now} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
