/** A central in the bench's own process, set up with a dealer and a customer, whose clock the bench moves. */
import { join } from 'node:path';
import { openDataFolder, seededRandom, silentLog, systemClock } from '@rsb/runtime';
import { prepare } from '../src/prepare.ts';
import { startCentral } from '../src/start.ts';
import type { BenchPlace } from './places.ts';

export async function shiftedCentral(place: BenchPlace) {
  const folder = openDataFolder(join(place.folder, 'central'));
  if (!folder.ok) throw new Error('the folder is in use');
  const [clock, random, log] = [systemClock(), seededRandom(1), silentLog()];
  const shift = { milliseconds: 0 };
  const central = await startCentral({
    folder: folder.value,
    databaseUrl: place.databaseUrl,
    host: '127.0.0.1',
    port: 0,
    clock: { ...clock, now: () => (clock.now() + shift.milliseconds) as ReturnType<typeof clock.now> },
    random,
    log,
    webRoot: null,
  });
  if (!central.ok) throw new Error(JSON.stringify(central.error));
  const { work } = central.value;
  await prepare(central.value, { dealer: 'D', user: 'admin', password: 'correct horse battery', customer: 'C' });
  const [customer] = await work.database.acrossCustomers.listCustomers();
  if (!customer) throw new Error('no customer');
  return {
    /** The machine's own, not shifted. */
    clock,
    random,
    log,
    /** How far central's clock is ahead. */
    shift,
    work,
    store: work.database.forCustomer(customer.id),
    async close() {
      await central.value.close();
      folder.value.release();
    },
  };
}
