/**
 * Central's store as the rest of central sees it. `forCustomer` is the only way to customer data; what looks across
 * customers is one short list, and the dealer's own house is apart.
 */
import type { Kysely, Selectable } from 'kysely';
import { type AcrossCustomers, acrossCustomersOf } from './across-customers.ts';
import { type AlertHouse, alertHouseOf } from './alert-house.ts';
import { type AlertsEverywhere, alertsEverywhere } from './alerts-everywhere.ts';
import { type AnsweredRequests, answeredRequestsOf } from './answered-requests.ts';
import { type BoxesEverywhere, boxesEverywhere } from './boxes-everywhere.ts';
import { type CustomerAlerts, customerAlerts } from './customer-alerts.ts';
import { type CustomerBlocks, customerBlocks } from './customer-blocks.ts';
import { type CustomerBoxes, customerBoxes } from './customer-boxes.ts';
import { type CustomerDevices, customerDevices } from './customer-devices.ts';
import { type CustomerExpected, customerExpected } from './customer-expected.ts';
import { type CustomerItems, customerItems } from './customer-items.ts';
import { type CustomerJobs, customerJobs } from './customer-jobs.ts';
import { type CustomerNotes, customerNotes } from './customer-notes.ts';
import { type CustomerPlaces, customerPlaces } from './customer-places.ts';
import { type CustomerProposals, customerProposals } from './customer-proposals.ts';
import { type CustomerResults, customerResults } from './customer-results.ts';
import { type CustomerSeries, customerSeries } from './customer-series.ts';
import { type CustomerStandings, customerStandings } from './customer-standings.ts';
import { type Deliveries, deliveriesOf } from './deliveries.ts';
import { type Fleet, fleetOf } from './fleet.ts';
import { type House, houseOf } from './house.ts';
import { type HousePlaces, housePlacesOf } from './house-places.ts';
import type { CustomerId } from './identifiers.ts';
import { type JobQueue, jobQueueOf } from './job-queue.ts';
import type { Engine } from './migrations/column-types.ts';
import type { OpenStore } from './open.ts';
import { type People, peopleOf } from './people.ts';
import { type SavedViews, savedViewsOf } from './saved-views.ts';
import type { Scope } from './scope.ts';
import type { CustomerTable, Tables } from './tables.ts';
import { type Today, todayOf } from './today.ts';
import { type WorkKind, type WorkWaiting, workWaiting } from './work-behind.ts';

export interface CustomerStore {
  readonly id: CustomerId;
  readonly boxes: CustomerBoxes;
  readonly items: CustomerItems;
  readonly devices: CustomerDevices;
  readonly series: CustomerSeries;
  readonly blocks: CustomerBlocks;
  readonly results: CustomerResults;
  readonly standings: CustomerStandings;
  readonly jobs: CustomerJobs;
  readonly alerts: CustomerAlerts;
  readonly notes: CustomerNotes;
  readonly places: CustomerPlaces;
  readonly expected: CustomerExpected;
  readonly proposals: CustomerProposals;
  find(): Promise<Selectable<CustomerTable> | undefined>;
  /** One transaction that nothing else writing for this customer runs beside. Rolls back when `work` throws. */
  exclusively<T>(work: (store: CustomerStore) => Promise<T>): Promise<T>;
}

export interface CentralDatabase {
  readonly engine: Engine;
  readonly house: House;
  readonly people: People;
  readonly housePlaces: HousePlaces;
  readonly answeredRequests: AnsweredRequests;
  readonly acrossCustomers: AcrossCustomers;
  readonly queue: JobQueue;
  readonly alertHouse: AlertHouse;
  readonly deliveries: Deliveries;
  readonly savedViews: SavedViews;
  forCustomer(id: CustomerId): CustomerStore;
  /** Lists over all customers, or over the one that the caller sees. */
  sight(customer: CustomerId | null): {
    readonly fleet: Fleet;
    readonly today: Today;
    readonly boxes: BoxesEverywhere;
    readonly alerts: AlertsEverywhere;
    waiting(kind: WorkKind, now: number): Promise<WorkWaiting>;
  };
  /** On connections of its own that cannot write: for what is long, such as exports. */
  readingOnly(id: CustomerId): CustomerStore;
  close(): Promise<void>;
}

export function centralDatabase({ db, reader, engine }: OpenStore): CentralDatabase {
  return {
    engine,
    house: houseOf(db),
    people: peopleOf(db),
    housePlaces: housePlacesOf(db),
    answeredRequests: answeredRequestsOf(db),
    acrossCustomers: acrossCustomersOf(db),
    queue: jobQueueOf(db),
    alertHouse: alertHouseOf(db),
    deliveries: deliveriesOf(db),
    savedViews: savedViewsOf(db),
    forCustomer: (customer) => customerStore({ db, customer }, engine),
    sight: (customer) => ({
      fleet: fleetOf({ db, customer }),
      today: todayOf({ db, customer }),
      boxes: boxesEverywhere({ db, customer }),
      alerts: alertsEverywhere({ db, customer }),
      waiting: (kind, now) => workWaiting({ db, customer }, kind, now),
    }),
    readingOnly: (customer) => customerStore({ db: reader, customer }, engine),
    close: async () => {
      await reader.destroy();
      await db.destroy();
    },
  };
}

function customerStore(scope: Scope, engine: Engine): CustomerStore {
  const { db, customer } = scope;
  return {
    id: customer,
    boxes: customerBoxes(scope),
    items: customerItems(scope),
    devices: customerDevices(scope),
    series: customerSeries(scope),
    blocks: customerBlocks(scope),
    results: customerResults(scope),
    standings: customerStandings(scope),
    jobs: customerJobs(scope),
    alerts: customerAlerts(scope),
    notes: customerNotes(scope),
    places: customerPlaces(scope),
    expected: customerExpected(scope),
    proposals: customerProposals(scope),
    find: () => db.selectFrom('customer').selectAll().where('id', '=', customer).executeTakeFirst(),
    exclusively: (work) =>
      db.transaction().execute(async (tx) => {
        await lockCustomer(tx, customer, engine);
        return work(customerStore({ db: tx, customer }, engine));
      }),
  };
}

/** SQLite's one connection is a lock already; PostgreSQL holds the customer's row until the transaction ends. */
async function lockCustomer(db: Kysely<Tables>, customer: CustomerId, engine: Engine): Promise<void> {
  if (engine === 'sqlite') return;
  await db.selectFrom('customer').select('id').where('id', '=', customer).forNoKeyUpdate().execute();
}
