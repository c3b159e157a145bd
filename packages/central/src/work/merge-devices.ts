/** Two devices that proved to be one: all that is known of the one becomes the other's, and its history is read anew. */
import { watchDemand } from '../alerts/demands.ts';
import { closeDemand } from '../archive/close-month.ts';
import type { ClaimedJob } from '../store/customer-jobs.ts';
import type { CustomerStore } from '../store/database.ts';
import { mergeOf, workDemand } from './demands.ts';

export function mergeDevices(outside: CustomerStore, job: ClaimedJob, now: number): Promise<void> {
  return outside.exclusively(async (store) => {
    const merge = mergeOf(job.subject);
    const [from, to] = merge ? [await store.devices.find(merge.from), await store.devices.find(merge.to)] : [];
    if (merge && from && to) {
      const moved = await store.items.places(from.id);
      await store.items.move(from.id, to.id);
      await store.blocks.move(from.id, to.id);
      await store.series.moveObservations(from.id, to.id);
      await store.results.forget(from.id);
      await store.standings.remove(from.id);
      await store.devices.absorb(from, to);
      const months = moved.map(({ epochNo, at }) => closeDemand(to.id, epochNo, at, now));
      await store.jobs.demandOnce([...new Map(months.map((demand) => [demand.subject, demand])).values()]);
      await store.jobs.demand([workDemand(to.id, 0, now), watchDemand(from.id, now)]);
    }
    await store.jobs.finish(job);
  });
}
