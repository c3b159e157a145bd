/** All customers of the dealer: how many boxes and machines each has, when it was last heard; a new one is added here. */
import type { CustomerView } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { PageState } from '../../components/States.tsx';
import { formatCount } from '../../format/count.ts';
import { useLang } from '../../language/language.tsx';
import { api } from '../api/central-api.ts';
import { useNow } from '../central-context.tsx';
import { ClearFilters } from '../clear-filters.tsx';
import { useListQuery } from '../list-query.ts';
import { LoadedPart } from '../loaded-part.tsx';
import { useMayWrite } from '../may.ts';
import { PageHead } from '../page-head.tsx';
import { SearchField } from '../search-field.tsx';
import { useResource } from '../use-resource.ts';
import { AddCustomer } from './add-customer.tsx';
import { CustomerTable } from './customer-table.tsx';
import './customers-page.css';

export function CustomersPage({ query }: { readonly query: string }) {
  const lang = useLang();
  const now = useNow();
  const customers = useResource(api.listCustomers());
  const [adding, setAdding] = useState(false);
  const mayWrite = useMayWrite();
  const list = useListQuery(query, 'name');
  const sum = (of: (customer: CustomerView) => number) =>
    customers.value?.reduce((all, each) => all + of(each), 0) ?? 0;
  const machines = sum((customer) => customer.devices);
  const boxes = sum((customer) => customer.boxes);
  const totals = [
    m.count_machines({ count: machines, machines: formatCount(machines, lang) }, lang),
    m.count_boxes({ count: boxes, boxes: formatCount(boxes, lang) }, lang),
  ].join(', ');
  return (
    <main id="content" class="page">
      <PageHead
        title={m.customers({}, lang)}
        beside={customers.value && customers.value.length > 0 && <span class="fact">{totals}</span>}
        right={
          !adding &&
          mayWrite && (
            <>
              <Button href="/import">{m.import_fleet({}, lang)}</Button>
              <Button icon="plus" kind="primary" onClick={() => setAdding(true)}>
                {m.customer_add({}, lang)}
              </Button>
            </>
          )
        }
      />
      {adding && (
        <AddCustomer
          taken={customers.value ?? []}
          onAdded={() => void customers.reload()}
          onClose={() => setAdding(false)}
        />
      )}
      <LoadedPart of={customers} onRetry={() => void customers.reload()}>
        {(all) =>
          all.length === 0 ? (
            <PageState title={m.customers_none({}, lang)}>{m.customers_none_next({}, lang)}</PageState>
          ) : (
            <>
              {(all.length > 8 || list.isFiltered) && (
                <div class="list-tools">
                  <SearchField value={list.search} label={m.customers_search({}, lang)} onInput={list.setSearch} />
                  <ClearFilters list={list} />
                </div>
              )}
              <CustomerTable customers={all} list={list} now={now} />
            </>
          )
        }
      </LoadedPart>
    </main>
  );
}
