/** The bench where no namespace may be made: own figures only, by the box's own count. */
import { capturesSite, seedSite, startSite } from '@rsb/simulator';
import { ran, tableHead, tableRow } from './measure.ts';
import { ownWork } from './own-work.ts';

export async function benchOnLoopback(captures: string): Promise<void> {
  const machines = captures === '' ? seedSite() : capturesSite(captures, { network: '127.60' }).machines;
  const site = await startSite({ machines, port: 0 });
  const range = captures === '' ? '127.0.10.0/24' : '127.60.0.0/24';
  const own = await ownWork(range, site.port);
  const out = (text: string) => process.stdout.write(text);
  const discovery = await ran(() => own.discover());
  const { found, summary } = discovery.value;
  out(tableHead(`${range}, ${found.length} printers`));
  out(tableRow('discovery', { ...discovery, packets: summary.packets, bytes: summary.bytes }, null));
  const traffic = () =>
    site.addresses
      .map((address) => site.traffic(address))
      .reduce(
        (sum, { received, receivedBytes, sent, sentBytes }) => ({
          packets: sum.packets + received + sent,
          bytes: sum.bytes + receivedBytes + sentBytes + 28 * (received + sent),
        }),
        { packets: 0, bytes: 0 },
      );
  let before = traffic();
  const since = () => {
    const now = traffic();
    const spent = { packets: now.packets - before.packets, bytes: now.bytes - before.bytes };
    before = now;
    return spent;
  };
  const first = await ran(() => own.read(found));
  out(tableRow('first read', { ...first, ...since() }, null));
  const poll = await ran(() => own.poll(first.value));
  out(tableRow('hourly poll', { ...poll, ...since() }, null));
  await Promise.all([own.close(), site.close()]);
}
