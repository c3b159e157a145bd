/** All machines of the dealer, or of one customer, as rows of a spreadsheet: read page by page, never held whole. */
import type { CentralDeviceView } from '@rsb/contract';
import type { CustomerStore } from '../store/database.ts';
import type { DeviceId } from '../store/identifiers.ts';

export type Cell = string | number | null;

export interface ExportCustomer {
  readonly name: string;
  readonly number: string | null;
  readonly store: CustomerStore;
}

export const DEVICE_COLUMNS = [
  'customer',
  'customerNumber',
  'site',
  'box',
  'manufacturer',
  'model',
  'serial',
  'mac',
  'address',
  'serviceId',
  'location',
  'firmware',
  'state',
  'countersAt',
  'life',
  'vendorLife',
  'total',
  'totalMono',
  'totalColor',
  'print',
  'printMono',
  'printColor',
  'lastHeard',
] as const;

const PAGE = 500;

export type ViewsOf = (
  store: CustomerStore,
  rows: Awaited<ReturnType<CustomerStore['devices']['page']>>,
) => Promise<CentralDeviceView[]>;

export async function* deviceRows(customers: AsyncIterable<ExportCustomer>, viewsOf: ViewsOf): AsyncGenerator<Cell[]> {
  for await (const { name, number, store } of customers) {
    const sites = new Map((await store.places.sites()).map((site) => [site.id, site.name]));
    const boxes = new Map((await store.boxes.list()).map((box) => [box.agent, box.site_id]));
    let after: DeviceId | null = null;
    for (;;) {
      const rows: Awaited<ReturnType<CustomerStore['devices']['page']>> = await store.devices.page(after, PAGE);
      const byHand = await store.places.placesOf(rows.map(({ id }) => id));
      const views = await viewsOf(store, rows);
      for (const [at, view] of views.entries()) {
        const row = rows[at];
        const site = row && (byHand.get(row.id) ?? boxes.get(row.agent));
        yield deviceRow(view, name, number, site === undefined ? null : sites.get(site) || null);
      }
      after = rows.at(-1)?.id ?? null;
      if (rows.length < PAGE) break;
    }
  }
}

function deviceRow(view: CentralDeviceView, customer: string, number: string | null, site: string | null): Cell[] {
  const { identity, counters, status } = view;
  const counts = counters?.value;
  return [
    customer,
    number,
    site,
    view.box,
    identity?.manufacturer ?? null,
    identity?.model ?? null,
    identity?.serialNumber ?? null,
    identity?.macAddress ?? null,
    view.address,
    view.serviceId,
    view.locationNote ?? identity?.location ?? null,
    identity?.firmware ?? null,
    status?.value.state ?? null,
    counters?.takenAt ?? null,
    counts?.life ?? null,
    counts?.vendorLife ?? null,
    counts?.total.all ?? null,
    counts?.total.mono ?? null,
    counts?.total.color ?? null,
    counts?.print.all ?? null,
    counts?.print.mono ?? null,
    counts?.print.color ?? null,
    view.lastHeard,
  ];
}
