/** An ERP's fleet into what is expected at each customer. What is there already as the file says is not written again. */
import { type Fault, fault, type ImportResult } from '@rsb/contract';
import { type Clock, type Outcome, type Random, success } from '@rsb/runtime';
import type { ExpectedRow } from '../store/customer-expected.ts';
import type { CentralDatabase, CustomerStore } from '../store/database.ts';
import { type CustomerId, drawId } from '../store/identifiers.ts';
import { workDemand } from '../work/demands.ts';
import { type ImportedMachine, judgeLines, type RefusedLine } from './judge-lines.ts';
import { readTable } from './read-table.ts';

export interface ImportNeeds {
  readonly database: CentralDatabase;
  readonly clock: Clock;
  readonly random: Random;
}

export interface ImportOutcome extends Omit<ImportResult, 'refused'> {
  readonly refused: readonly RefusedLine[];
}

type Action = 'add' | 'change' | 'keep';

const MOST_SAMPLES = 20;

/** One customer's part of the file. */
interface CustomerPart {
  /** null: it is made. */
  readonly id: CustomerId | null;
  readonly name: string;
  readonly number: string | null;
  /** The number that the file gives to a customer that had none. */
  readonly isNumberNew: boolean;
  readonly machines: ImportedMachine[];
}

export async function importFleet(
  needs: ImportNeeds,
  bytes: Uint8Array,
  isDry: boolean,
): Promise<Outcome<ImportOutcome, Fault>> {
  const table = readTable(bytes);
  if (!table.ok) return table;
  const { machines, refused: unread } = judgeLines(table.value);
  const { parts, refused: homeless } = await partByCustomer(needs, machines);
  const { free, refused: elsewhere } = await withoutThoseElsewhere(needs, parts);
  const outcome = { added: 0, changed: 0, unchanged: 0, sitesAdded: 0 };
  const sample: ImportResult['sample'] = [];
  for (const part of free) {
    if (part.machines.length === 0) continue;
    const done = await importPart(needs, part, isDry);
    outcome.added += done.actions.filter((action) => action === 'add').length;
    outcome.changed += done.actions.filter((action) => action === 'change').length;
    outcome.unchanged += done.actions.filter((action) => action === 'keep').length;
    outcome.sitesAdded += done.sites;
    for (const [at, machine] of part.machines.entries()) {
      sample.push(sampleOf(machine, part.name, done.actions[at] ?? 'keep'));
    }
  }
  const made = free.filter(({ id, machines: own }) => id === null && own.length > 0).map(({ name }) => name);
  const refused = [...unread, ...homeless, ...elsewhere].sort((a, b) => a.line - b.line);
  const { encoding, delimiter, heads, columns, lines } = table.value;
  return success({
    dry: isDry,
    encoding,
    delimiter,
    columns: heads.map((head, at) => ({ head, column: columns[at] ?? null })),
    lines: lines.length,
    ...outcome,
    customers: made.slice(0, MOST_SAMPLES),
    customersAdded: made.length,
    refusedCount: refused.length,
    refused,
    sample: sample.sort((a, b) => a.line - b.line).slice(0, MOST_SAMPLES),
  });
}

const sampleOf = (machine: ImportedMachine, customer: string, action: Action): ImportResult['sample'][number] => ({
  line: machine.line,
  customer,
  serial: machine.serial,
  serviceId: machine.serviceId ?? null,
  contract: machine.contract ?? null,
  counter: countValue(machine.counter ?? null),
  counterAt: machine.counterAt ?? null,
  action,
});

export const countValue = (text: string | null): number | string | null =>
  text === null ? null : Number.isSafeInteger(Number(text)) ? Number(text) : text;

const plainName = (name: string): string => name.normalize('NFKC').trim().toLowerCase();

/** By number where the file has one, else by name. */
async function partByCustomer({ database }: ImportNeeds, machines: readonly ImportedMachine[]) {
  const known = await database.acrossCustomers.listCustomers();
  const byNumber = new Map(known.flatMap((each) => (each.number === null ? [] : [[each.number, each] as const])));
  const byName = new Map<string, typeof known>();
  for (const each of known) byName.set(plainName(each.name), [...(byName.get(plainName(each.name)) ?? []), each]);
  const parts = new Map<string, CustomerPart>();
  const refused: RefusedLine[] = [];
  // A number that stands beside a name once is that customer's also in lines without it.
  const numbers = new Map<string, Set<string>>();
  for (const { customer, customerNumber } of machines) {
    if (customerNumber === null || customer === '') continue;
    const of = numbers.get(plainName(customer)) ?? new Set();
    numbers.set(plainName(customer), of.add(customerNumber));
  }
  for (const machine of machines) {
    const name = plainName(machine.customer);
    const said = [...(numbers.get(name) ?? [])];
    const number = machine.customerNumber ?? (said.length === 1 ? (said[0] ?? null) : null);
    const namesakes = byName.get(name) ?? [];
    const numberless = namesakes.filter((each) => each.number === null);
    const found =
      number === null ? namesakes : [byNumber.get(number) ?? numberless[0]].filter((each) => each !== undefined);
    const isAmbiguous = number === null ? namesakes.length + said.length > 1 && namesakes.length !== 1 : false;
    if (isAmbiguous || (number !== null && !byNumber.has(number) && numberless.length > 1)) {
      refused.push({ line: machine.line, fault: fault('lineCustomerAmbiguous', { customer: machine.customer }) });
      continue;
    }
    const [customer] = found;
    if (!customer && machine.customer === '') {
      refused.push({ line: machine.line, fault: fault('lineCustomerMissing') });
      continue;
    }
    const key = customer ? `id ${customer.id}` : number === null ? `name ${name}` : `number ${number}`;
    const part: CustomerPart = parts.get(key) ?? {
      id: customer?.id ?? null,
      name: customer?.name ?? machine.customer,
      number: number ?? customer?.number ?? null,
      isNumberNew: customer !== undefined && customer.number === null && number !== null,
      machines: [],
    };
    part.machines.push(machine);
    parts.set(key, part);
  }
  return { parts: [...parts.values()], refused };
}

/** One machine stands at one customer. */
async function withoutThoseElsewhere({ database }: ImportNeeds, parts: readonly CustomerPart[]) {
  const keys = parts.flatMap(({ machines }) => machines.map(({ serialKey }) => serialKey));
  const owners = new Map((await database.acrossCustomers.whoExpects(keys)).map((row) => [row.serialKey, row.customer]));
  const names = new Map((await database.acrossCustomers.listCustomers()).map(({ id, name }) => [id, name]));
  const refused: RefusedLine[] = [];
  const free = parts.map((part) => ({
    ...part,
    machines: part.machines.filter(({ line, serial, serialKey }) => {
      const owner = owners.get(serialKey);
      if (owner === undefined || owner === part.id) return true;
      refused.push({ line, fault: fault('lineSerialElsewhere', { serial, customer: names.get(owner) ?? '' }) });
      return false;
    }),
  }));
  return { free, refused };
}

interface PartDone {
  readonly actions: readonly Action[];
  readonly sites: number;
}

async function importPart(needs: ImportNeeds, part: CustomerPart, isDry: boolean): Promise<PartDone> {
  const { database, clock, random } = needs;
  if (part.id === null && isDry) return { actions: part.machines.map(() => 'add'), sites: namedSites(part, []).length };
  let { id } = part;
  if (id === null) {
    id = drawId(random) as CustomerId;
    const row = { id, name: part.name, created_at: clock.now(), number: part.number, agency_id: null };
    if (!(await database.acrossCustomers.addCustomer(row))) throw new Error('a customer of this number came meanwhile');
  }
  const store = database.forCustomer(id);
  if (isDry) return work(needs, store, part, true);
  return store.exclusively((inside) => work(needs, inside, part, false));
}

const namedSites = ({ machines }: CustomerPart, known: readonly string[]): string[] => {
  const there = new Set(known.map(plainName));
  const fresh = new Map<string, string>();
  for (const { site } of machines) if (site && !there.has(plainName(site))) fresh.set(plainName(site), site);
  return [...fresh.values()];
};

async function work(
  { clock, random }: ImportNeeds,
  store: CustomerStore,
  part: CustomerPart,
  isDry: boolean,
): Promise<PartDone> {
  const sites = await store.places.sites();
  const ids = new Map(sites.map(({ name, id }) => [plainName(name), id]));
  const fresh = namedSites(part, [...ids.keys()]);
  if (!isDry) {
    if (part.isNumberNew) {
      const row = await store.find();
      if (row)
        await store.places.change({ name: row.name, number: part.number, agency_id: row.agency_id }, row.revision);
    }
    for (const name of fresh) {
      const id = drawId(random);
      await store.places.addSite({ id, name, address: null, created_at: clock.now() });
      ids.set(plainName(name), id);
    }
  }
  const known = new Map(
    (await store.expected.findMany(part.machines.map(({ serialKey }) => serialKey))).map((row) => [
      row.serial_key,
      row,
    ]),
  );
  const rows: ExpectedRow[] = [];
  const actions = part.machines.map((machine): Action => {
    const before = known.get(machine.serialKey);
    const siteId = machine.site ? (ids.get(plainName(machine.site)) ?? null) : null;
    const next: ExpectedRow = {
      serial_key: machine.serialKey,
      serial: machine.serial,
      manufacturer: told(machine.manufacturer, before?.manufacturer),
      model: told(machine.model, before?.model),
      service_id: told(machine.serviceId, before?.service_id),
      contract: told(machine.contract, before?.contract),
      site_id: told(machine.site === undefined ? undefined : siteId, before?.site_id),
      counter: told(machine.counter, before?.counter),
      counter_at: told(machine.counterAt, before?.counter_at),
      imported_at: before?.imported_at ?? clock.now(),
    };
    // A site that the dry run has not made yet is a change as well.
    const isSiteFresh = Boolean(machine.site) && siteId === null;
    if (before && !isSiteFresh && isSame(before, next)) return 'keep';
    rows.push({ ...next, imported_at: clock.now() });
    return before ? 'change' : 'add';
  });
  if (!isDry) {
    await store.expected.save(rows);
    // Lists and searches name these machines by the dealer's numbers from now on.
    const named = await store.expected.devicesWith(rows.map(({ serial_key }) => serial_key));
    await store.jobs.demand(named.map((device) => workDemand(device, Number.MAX_SAFE_INTEGER, clock.now())));
  }
  return { actions, sites: fresh.length };
}

const told = <T>(said: T | null | undefined, before: T | null | undefined): T | null =>
  said === undefined ? (before ?? null) : said;

const COMPARED = [
  'serial',
  'manufacturer',
  'model',
  'service_id',
  'contract',
  'site_id',
  'counter',
  'counter_at',
] as const satisfies readonly (keyof ExpectedRow)[];

const isSame = (a: ExpectedRow, b: ExpectedRow): boolean => COMPARED.every((column) => a[column] === b[column]);
