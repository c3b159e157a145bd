/** A past that central is filled with is archived and worked through like one that came in: on both engines. */
import assert from 'node:assert/strict';
import { latestReadings } from '../src/archive/raw-archive.ts';
import { fillPast } from '../src/demo/fill-past.ts';
import { overEngines } from './engines.ts';
import { counters, sentReading } from './sample-items.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

overEngines((test) => {
  test('each reading is kept byte for byte, its pages are counted, and a message stands at its place', async (engine) => {
    const { central, person } = await engine.central();
    const now = Math.floor(Date.now() / HOUR) * HOUR;
    const days = 70;
    const reports = Array.from({ length: days }, (_, day) => {
      const at = now - (days - day) * DAY;
      const takenAt = `${new Date(at).toISOString().slice(0, 19)}Z`;
      const status = { state: 'idle', errors: day >= days - 3 ? ['doorOpen'] : [] };
      const sent = sentReading({ takenAt, counters: counters(1000 + day * 10), status: status as never });
      return { receivedAt: at + 30_000, sent };
    });
    const filled = await fillPast(
      central.work,
      [
        {
          name: 'Customer with a past',
          number: 'C-77',
          sites: ['Colmar', 'Kehl'],
          boxes: [
            {
              ...{ agent: '411000777', site: 'Kehl', version: '0.1.0', zone: 'Europe/Paris' },
              machines: [{ serviceId: '700123', reports: () => reports }],
            },
          ],
        },
      ],
      () => {},
      new AbortController().signal,
    );
    assert.deepEqual(filled, { customers: 1, boxes: 1, machines: 1, readings: days });
    const { fleet } = central.work.database.sight(null);
    const filter = {
      view: 'all',
      search: '700123',
      customer: null,
      site: null,
      agent: null,
      model: null,
      now,
    } as const;
    const { rows } = await fleet.page(filter, { order: 'name', descending: false, after: null, limit: 5 });
    const [row] = rows;
    assert.ok(row);
    assert.deepEqual([row.customer_name, row.site_name, row.service_id], ['Customer with a past', 'Kehl', '700123']);
    assert.deepEqual([row.trouble, row.trouble_since], ['doorOpen', now - 3 * DAY]);
    assert.ok(row.month_pages >= 280 && row.month_pages <= 300, String(row.month_pages));

    const store = central.work.database.forCustomer(row.customer_id as never);
    const all = await latestReadings(store, row.device_id as never, null, 1000);
    assert.equal(all.length, days);
    const first = JSON.parse(Buffer.from(all.at(-1)?.raw ?? []).toString());
    assert.deepEqual(first.body, reports[0]?.sent);
    const usage = await person.call(
      'GET',
      `/api/v1/customers/${row.customer_id}/devices/${row.device_id}/usage?step=month`,
    );
    const { points } = usage.body as { points: { pages: { all: number } }[] };
    assert.equal(
      points.reduce((sum, { pages }) => sum + (pages.all ?? 0), 0),
      (days - 1) * 10,
    );
  });
});
