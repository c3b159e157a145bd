/**
 * Closes a month of one device and epoch: its items leave their rows for one block, in one transaction. What comes for a
 * closed month later is a row again, and gets a block of its own some days after.
 */
import type { ClaimedJob, JobDemand } from '../store/customer-jobs.ts';
import type { CustomerStore } from '../store/database.ts';
import { type DeviceId, findDeviceId } from '../store/identifiers.ts';
import { packBlock } from '../store/raw-bytes.ts';
import { encodeBlock } from './block.ts';
import { DAY, monthBounds, monthOf } from './moment.ts';

export const CLOSE_MONTH = 'closeMonth';

/** What comes in this time belongs to the month's own block; for most boxes that were offline it is enough. */
const GRACE = 7 * DAY;
/** A block is kept in memory while it is made: 5,000 readings of 2 kB are 10 MB. */
const MOST_ITEMS = 5000;

/** The demand that an item makes: its month is closed some days after it ended, and some days after the item came. */
export function closeDemand(device: DeviceId | null, epochNo: number, at: number, receivedAt: number): JobDemand {
  const month = monthOf(at);
  return {
    kind: CLOSE_MONTH,
    subject: `${device ?? 0}:${epochNo}:${month}`,
    dueAt: Math.max(monthBounds(month).end, receivedAt) + GRACE,
    since: 0,
  };
}

/** Answers how many items found their place in a block. */
export async function closeMonth(outside: CustomerStore, job: ClaimedJob, now: number): Promise<number> {
  const [device = '', epoch, month] = job.subject.split(':');
  const owner = device === '0' ? null : (findDeviceId(device) ?? null);
  const epochNo = Number(epoch);
  const { start, end } = monthBounds(Number(month));
  return outside.exclusively(async (store) => {
    const seqs = (await store.items.seqsBetween(owner, epochNo, start, end, now)).slice(0, MOST_ITEMS);
    const items = await store.items.raw(owner, epochNo, seqs);
    if (items.length > 0) {
      const { digest, bytes, seqs: packed } = encodeBlock(items);
      await store.blocks.close({
        device: owner ?? 0,
        month: Number(month),
        epochNo,
        seqs: packed,
        digest,
        packed: packBlock(bytes),
      });
    }
    await store.jobs.finish(job, seqs.length === MOST_ITEMS ? { dueAt: now, since: 0 } : undefined);
    return items.length;
  });
}
