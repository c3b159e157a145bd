/** A machine that somebody took from the box's list: central says so, watches it no more, and keeps what it knows. */
import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import type { CentralDeviceView, FleetPage } from '@rsb/contract';
import { item } from './box-peer.ts';
import { overEngines } from './engines.ts';
import { sentReading } from './sample-items.ts';

const SERIAL = 'REMOVED1';
const DEVICE = `Ricoh:${SERIAL}`;
const text = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

const reading = (seq: number, at: number) =>
  item({
    seq,
    at: text(at),
    body: sentReading(
      {
        address: '192.168.10.9',
        takenAt: text(at),
        identity: { serialNumber: SERIAL, macAddress: null, hostName: SERIAL },
      },
      DEVICE,
    ),
  });

overEngines((test) => {
  test('is shown as removed with its day, is in no list of the day, and is back once it is read again', async (engine) => {
    const { central, person, newCustomer, newBox } = await engine.central();
    const customer = await newCustomer('Removals');
    const box = await newBox(customer);
    const now = Date.now();
    const get = async <T>(path: string): Promise<T> => {
      const { status, body } = await person.call('GET', `/api/v1${path}`);
      assert.equal(status, 200, JSON.stringify(body));
      return body as T;
    };
    const device = async (): Promise<CentralDeviceView | undefined> =>
      (await get<CentralDeviceView[]>(`/customers/${customer}/boxes/${box.agent}/devices`))[0];
    const watched = async () => {
      const { machines } = await get<FleetPage>(`/fleet?customer=${customer}`);
      return machines.filter(({ watched: isWatched }) => isWatched).length;
    };
    const until = async (wanted: number) => {
      let found = -1;
      for (let turn = 0; turn < 60 && found !== wanted; turn += 1) {
        await central.work.worker.runUntil(Date.now() + 60_000, ['device']);
        found = await watched();
        await setImmediate();
      }
      assert.equal(found, wanted);
    };
    await box.report([reading(1, now - 3_600_000)]);
    await until(1);
    assert.equal((await device())?.removedAt, null);

    const detail = { address: '192.168.10.9', serialNumber: SERIAL, macAddress: null };
    const removed = now - 1_800_000;
    const body = { device: DEVICE, event: 'removed' as const, detail };
    await box.report([item({ seq: 2, at: text(removed), kind: 'deviceEvent', body })]);
    await until(0);
    const after = await device();
    assert.equal(Date.parse(after?.removedAt ?? ''), Date.parse(text(removed)));
    assert.equal(after?.readings, 1, 'its history stays');
    assert.ok(after?.counters, 'and its last values');

    await box.report([reading(3, now - 60_000)]);
    await until(1);
    assert.equal((await device())?.removedAt, null, 'read again, it is on the list again');
  });
});
