/** Where a rule applies: agencies, customers and sites by their names. Nothing chosen is everywhere. */
import type { AlertRule, CustomerView } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { SelectField } from '../../components/SelectField.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useLang } from '../../language/language.tsx';
import { api, type SiteView } from '../api/central-api.ts';
import { useResource, useResources } from '../use-resource.ts';

type Scope = AlertRule['scope'];

export interface RuleScopeProps {
  readonly scope: Scope;
  readonly onChange: (scope: Scope) => void;
}

/** Found customers that are offered at once. */
const MOST_OFFERED = 8;

interface Named {
  readonly id: string;
  readonly text: string;
}

export function RuleScope({ scope, onChange }: RuleScopeProps) {
  const lang = useLang();
  const agencies = useResource(api.listAgencies()).value ?? [];
  const customers = useResource(api.listCustomers()).value ?? [];
  const gone = (id: string) => m.rule_scope_gone({ id }, lang);
  const namesOf = (ids: readonly string[], all: readonly { readonly id: string; readonly name: string }[]): Named[] =>
    ids.map((id) => ({ id, text: all.find((each) => each.id === id)?.name ?? gone(id) }));
  const freeAgencies = agencies.filter(({ id }) => !scope.agencies.includes(id));
  return (
    <fieldset class="rule-scope">
      <legend>{m.rule_scope({}, lang)}</legend>
      {agencies.length > 0 && (
        <div class="rule-scope-part">
          <Chosen
            title={m.rule_scope_agencies({}, lang)}
            chosen={namesOf(scope.agencies, agencies)}
            onRemove={(id) => onChange({ ...scope, agencies: scope.agencies.filter((each) => each !== id) })}
          />
          <span class="row-of-buttons">
            {freeAgencies.map(({ id, name }) => (
              <Offer key={id} text={name} onAdd={() => onChange({ ...scope, agencies: [...scope.agencies, id] })} />
            ))}
          </span>
        </div>
      )}
      <div class="rule-scope-part">
        <Chosen
          title={m.rule_scope_customers({}, lang)}
          chosen={namesOf(scope.customers, customers)}
          onRemove={(id) => onChange({ ...scope, customers: scope.customers.filter((each) => each !== id) })}
        />
        <FindCustomer
          customers={customers.filter(({ id }) => !scope.customers.includes(id))}
          onAdd={(id) => onChange({ ...scope, customers: [...scope.customers, id] })}
        />
      </div>
      <Sites scope={scope} customers={customers} onChange={onChange} />
    </fieldset>
  );
}

interface ChosenProps {
  readonly title: string;
  readonly chosen: readonly Named[];
  readonly onRemove: (id: string) => void;
}

function Chosen({ title, chosen, onRemove }: ChosenProps) {
  const lang = useLang();
  return (
    <>
      <b class="label">{title}</b>
      {chosen.length === 0 ? (
        <span class="second">{m.rule_scope_all({}, lang)}</span>
      ) : (
        <span class="row-of-buttons">
          {chosen.map(({ id, text }) => (
            <Button
              key={id}
              small
              icon="x"
              label={m.rule_scope_remove_named({ name: text }, lang)}
              onClick={() => onRemove(id)}
            >
              {text}
            </Button>
          ))}
        </span>
      )}
    </>
  );
}

function Offer({ text, onAdd }: { readonly text: string; readonly onAdd: () => void }) {
  const lang = useLang();
  return (
    <Button small kind="quiet" icon="plus" label={m.rule_scope_add_named({ name: text }, lang)} onClick={onAdd}>
      {text}
    </Button>
  );
}

interface FindProps {
  readonly customers: readonly Pick<CustomerView, 'id' | 'name'>[];
  readonly onAdd: (id: string) => void;
}

function FindCustomer({ customers, onAdd }: FindProps) {
  const lang = useLang();
  const [search, setSearch] = useState('');
  const words = search.trim().toLocaleLowerCase();
  const found =
    words === '' ? [] : customers.filter(({ name }) => name.toLocaleLowerCase().includes(words)).slice(0, MOST_OFFERED);
  return (
    <>
      <TextField label={m.rule_scope_find({}, lang)} value={search} maxLength={255} onInput={setSearch} />
      {found.length > 0 && (
        <span class="row-of-buttons">
          {found.map(({ id, name }) => (
            <Offer
              key={id}
              text={name}
              onAdd={() => {
                onAdd(id);
                setSearch('');
              }}
            />
          ))}
        </span>
      )}
    </>
  );
}

interface SitesProps extends RuleScopeProps {
  readonly customers: readonly Pick<CustomerView, 'id' | 'name'>[];
}

/** A site is named by its customer and itself, as `CUSTOMER/SITE`. */
function Sites({ scope, customers, onChange }: SitesProps) {
  const lang = useLang();
  const [customer, setCustomer] = useState('');
  const of = [...new Set([...scope.sites.map((each) => each.split('/')[0] ?? ''), ...(customer ? [customer] : [])])];
  const lists = useResources<readonly SiteView[]>(of.map((id) => api.listSites(id).path));
  const sites = lists.flatMap(({ value }) => value ?? []);
  const words = (id: string): string => {
    const site = sites.find((each) => `${each.customer}/${each.id}` === id);
    const name = customers.find((each) => each.id === id.split('/')[0])?.name;
    if (!site || name === undefined) return m.rule_scope_gone({ id }, lang);
    return `${name}, ${site.name || m.site_first({}, lang)}`;
  };
  const free = sites.filter(
    (site) => site.customer === customer && !scope.sites.includes(`${site.customer}/${site.id}`),
  );
  return (
    <div class="rule-scope-part">
      <Chosen
        title={m.rule_scope_sites({}, lang)}
        chosen={scope.sites.map((id) => ({ id, text: words(id) }))}
        onRemove={(id) => onChange({ ...scope, sites: scope.sites.filter((each) => each !== id) })}
      />
      <SelectField
        label={m.rule_scope_sites_find({}, lang)}
        value={customer}
        choices={[{ value: '', text: '–' }, ...customers.map(({ id, name }) => ({ value: id, text: name }))]}
        onChange={setCustomer}
      />
      {free.length > 0 && (
        <span class="row-of-buttons">
          {free.map((site) => {
            const id = `${site.customer}/${site.id}`;
            return (
              <Offer key={id} text={words(id)} onAdd={() => onChange({ ...scope, sites: [...scope.sites, id] })} />
            );
          })}
        </span>
      )}
    </div>
  );
}
