/** Customers, agencies and sites that a set of rules names must be known: a rule for a place that is nowhere never tells anyone. */
import { type AlertRule, type Fault, fault } from '@rsb/contract';
import type { CentralDatabase } from '../store/database.ts';
import { findCustomerId, findPlainId } from '../store/identifiers.ts';

const PLACES = ['customers', 'agencies', 'sites'] as const;
type PlaceKind = (typeof PLACES)[number];

/** `before`: the rules as they are. A place that was removed since a rule was made does not stand in the way of others. */
export async function checkPlaces(
  database: CentralDatabase,
  rules: readonly AlertRule[],
  before: readonly AlertRule[],
): Promise<Fault | null> {
  const known = new Set(
    before.flatMap(({ scope }) => PLACES.flatMap((kind) => scope[kind].map((id) => `${kind} ${id}`))),
  );
  for (const [index, { scope }] of rules.entries()) {
    for (const kind of PLACES) {
      for (const [place, id] of scope[kind].entries()) {
        if (known.has(`${kind} ${id}`)) continue;
        if (!(await isKnown(database, kind, id)))
          return fault('rulePlaceUnknown', { id }, `/rules/${index}/scope/${kind}/${place}`);
        known.add(`${kind} ${id}`);
      }
    }
  }
  return null;
}

async function isKnown(database: CentralDatabase, kind: PlaceKind, id: string): Promise<boolean> {
  if (kind === 'agencies') {
    const agency = findPlainId(id);
    return agency !== undefined && (await database.housePlaces.findAgency(agency)) !== undefined;
  }
  const [named, place] = id.split('/');
  const customer = findCustomerId(named ?? '');
  if (customer === undefined) return false;
  const store = database.forCustomer(customer);
  if (!(await store.find())) return false;
  const site = findPlainId(place ?? '');
  return kind === 'customers' || (site !== undefined && (await store.places.findSite(site)) !== undefined);
}
