/** The bench where no namespace may be made: own figures only, by the box's own count. */
import { capturesSite, seedSite, startSite } from '@rsb/simulator';
import { barRow, ran, tableHead, tableRow } from './measure.ts';
import { ownWork, rangeOf } from './own-work.ts';

export async function benchOnLoopback(captures: string): Promise<void> {
  const machines = captures === '' ? seedSite() : capturesSite(captures, { network: '127.60' }).machines;
  const site = await startSite({ machines, port: 0 });
  const range = captures === '' ? '127.0.10.0/24' : '127.60.0.0/24';
  const own = await ownWork(range, site.port);
  const out = (text: string) => process.stdout.write(text);
  const discovery = await ran(() => own.discover());
  const { found, summary } = discovery.value;
  const there = machines.filter(({ address }) => rangeOf(range).has(address)).length;
  out(`Site ${range}: ${there} machines (${captures === '' ? 'of the seed' : 'captures'}), printers and others.\n`);
  out(
    `${summary.alive} of ${summary.addresses} addresses answer a ping, as loopback does for all of them: each is asked by\n`,
  );
  out('SNMP too, which on a real network only the living are. The CPU is that of box and site together.\n');
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
  const readable = first.value.filter(({ state }) => state === 'complete' || state === 'partial').length;
  out('\nBars\n');
  const bars = [
    ['printers found and not read', found.length - readable, 0],
    ['printers read and not polled', first.value.length - poll.value, 0],
  ] as const;
  for (const [name, is, most] of bars) out(barRow(name, is, most));
  if (bars.some(([, is, most]) => is > most)) process.exitCode = 1;
  await Promise.all([own.close(), site.close()]);
}
