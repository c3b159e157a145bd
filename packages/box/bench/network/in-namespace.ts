/** The bench itself, in a namespace that `network.ts` has laid out. */
import { millis } from '@rsb/runtime';
import { OFFICE } from '@rsb/simulator/wire/office';
import { type StartedWireSite, startWireSite } from '@rsb/simulator/wire/start-wire-site';
import { type LineConditions, PERFECT_LINE, type WireTally } from '@rsb/simulator/wire/wire-site';
import { barRow, type Figures, installed, type Ran, ran, ranCommand, tableHead, tableRow } from './measure.ts';
import { ownWork, rangeOf } from './own-work.ts';

const [captures = '', vpn = ''] = process.argv.slice(2);
const NETWORK = '10.77.0';
const RANGE = `${NETWORK}.1-${NETWORK}.253`;
const out = (text: string) => process.stdout.write(text);
const site: StartedWireSite = await startWireSite('far', NETWORK, captures);
let missed = 0;
const bar = (name: string, is: number, most: number) => {
  if (is > most) missed += 1;
  out(barRow(name, is, most));
};

async function counted<T extends Ran>(
  work: () => Promise<T>,
  line: Partial<LineConditions> = {},
): Promise<{ readonly figures: Figures; readonly tally: WireTally; readonly told: T }> {
  await site.reset({ ...PERFECT_LINE, ...line }, 1);
  const told = await work();
  const tally = await site.tally();
  const { seconds, cpuSeconds } = told;
  const packets = tally.toSite.packets + tally.fromSite.packets;
  const bytes = tally.toSite.bytes + tally.fromSite.bytes;
  return { figures: { packets, bytes, seconds, cpuSeconds }, tally, told };
}

async function beside(name: string, program: string, line: string, ours: Figures): Promise<void> {
  if (installed(program) === undefined) return void out(`  ${name}: not installed here\n`);
  const { figures } = await counted(() => ranCommand(line));
  out(tableRow(name, figures, ours));
}

out(
  `Site ${RANGE}: ${OFFICE.printers} printers (${captures === '' ? 'of the seed' : 'captures'}), ${OFFICE.gear} other SNMP `,
);
out(`agents, ${OFFICE.pingOnly} that answer a ping alone, the others dead. IP packets and bytes of both directions.\n`);

const own = await ownWork(RANGE, 161);
out(`Pings by ${own.echo.method}.\n`);

const sweeps = { rate: 0, timeout: millis(500), retries: 1 };
const addresses = [...rangeOf(RANGE).addresses()];
const sweepAll = async (list: readonly string[]) => {
  let alive = 0;
  for await (const result of own.echo.sweep(list, sweeps)) if (result.alive) alive += 1;
  return alive;
};
out(tableHead('Ping sweep of the /24'));
const sweep = await counted(() => ran(() => sweepAll(addresses)));
out(tableRow('box', sweep.figures, null));
await beside('fping -r1 -i1', 'fping', `fping -q -r1 -i1 -t500 -g ${NETWORK}.1 ${NETWORK}.253`, sweep.figures);

out(tableHead('Discovery: who is there, and who is a printer'));
const discovery = await counted(() => ran(() => own.discover()));
out(tableRow('box', discovery.figures, null));
const { found, summary } = discovery.told.value;
await beside(
  'fping, then snmpget sysDescr and sysObjectID each',
  'snmpget',
  `for a in $(fping -a -r1 -i1 -t500 -g ${NETWORK}.1 ${NETWORK}.253 2>/dev/null); do snmpget -v2c -c public -r1 -t1 $a 1.3.6.1.2.1.1.1.0 1.3.6.1.2.1.1.2.0 & done; wait`,
  discovery.figures,
);
await beside(
  'fusioninventory-netdiscovery --threads 10',
  'fusioninventory-netdiscovery',
  `fusioninventory-netdiscovery --first ${NETWORK}.1 --last ${NETWORK}.253 --community public --threads 10 --timeout 1`,
  discovery.figures,
);

const each = (command: string) => `for a in ${site.printers.join(' ')}; do ${command}; done`;
out(tableHead('First read of the 50 printers'));
const first = await counted(() => ran(() => own.read(found)));
out(tableRow('box', first.figures, null));
await beside(
  'snmpbulkwalk of the Printer-MIB',
  'snmpbulkwalk',
  each('snmpbulkwalk -v2c -c public $a 1.3.6.1.2.1.43'),
  first.figures,
);
await beside(
  'snmpbulkwalk of system, interfaces, hrDevice, Printer-MIB',
  'snmpbulkwalk',
  each('for o in 1 2 25.3 43; do snmpbulkwalk -v2c -c public $a 1.3.6.1.2.1.$o; done'),
  first.figures,
);
await beside(
  'fusioninventory-netinventory',
  'fusioninventory-netinventory',
  each('fusioninventory-netinventory --host $a --type PRINTER --community public'),
  first.figures,
);

out(tableHead('Hourly poll of the 50 printers, state and counters'));
const planned = first.told.value;
const poll = await counted(() => ran(() => own.poll(planned)));
out(tableRow('box', poll.figures, null));
await beside(
  'snmpbulkwalk of the Printer-MIB',
  'snmpbulkwalk',
  each('snmpbulkwalk -v2c -c public $a 1.3.6.1.2.1.43'),
  poll.figures,
);

out(tableHead('Ping sweep of a /16 without a limit, 4,096 alive (answered by the kernel)'));
const large = [...rangeOf('10.78.0.0/16').addresses()];
const largeSweep = await ran(() => sweepAll(large));
const largeCost = (alive: number) => 2 * alive + 2 * (large.length - alive);
const packets = largeCost(largeSweep.value);
out(tableRow('box', { ...largeSweep, packets, bytes: packets * 32 }, null));
let fpingSeconds: number | null = null;
if (installed('fping') === undefined) out('  fping: not installed here\n');
else {
  const fping = await ranCommand('fping -q -i0.1 -r1 -t500 -g 10.78.0.0/16');
  fpingSeconds = fping.seconds;
  out(
    tableRow(
      'fping -i0.1 -r1',
      { ...fping, packets, bytes: packets * 84 },
      { ...largeSweep, packets, bytes: packets * 32 },
    ),
  );
}

out('\nBars\n');
const most = (tally: WireTally, list: readonly string[]) =>
  Math.max(...list.map((address) => tally.byAddress[address]?.packets ?? 0));
const living = new Set([...site.printers, ...site.gear, ...site.pingOnly]);
bar('printers missed', OFFICE.printers - found.length, 0);
bar(
  'packets to a dead address',
  most(
    discovery.tally,
    addresses.filter((address) => !living.has(address)),
  ),
  2,
);
bar('packets to a live address without SNMP', most(discovery.tally, site.pingOnly), 4);
bar('packets to other SNMP gear', most(discovery.tally, site.gear), 4);
bar('packets for the /24, discovered and fully read', discovery.figures.packets + first.figures.packets, 1300);
bar('kilobytes for the /24, discovered and fully read', (discovery.figures.bytes + first.figures.bytes) / 1000, 160);
const reckoned = own.reckon(planned, OFFICE.pingOnly);
const deviation = (is: number, of: number) => (100 * Math.abs(is - of)) / of;
bar(
  'per cent by which an estimate of the same is off in packets',
  deviation(reckoned.packets, discovery.figures.packets + first.figures.packets),
  10,
);
bar(
  'per cent by which it is off in bytes',
  deviation(1000 * reckoned.kilobytes, discovery.figures.bytes + first.figures.bytes),
  10,
);
const median = (of: (count: { readonly packets: number; readonly bytes: number }) => number) => {
  const sorted = planned.map(({ address }) => of(poll.tally.byAddress[address] ?? { packets: 0, bytes: 0 }));
  sorted.sort((one, other) => one - other);
  return sorted[sorted.length >> 1] ?? 0;
};
bar(
  'packets for the hourly poll of a printer, median',
  median(({ packets: each }) => each),
  2,
);
bar(
  'bytes for the hourly poll of a printer, median',
  median(({ bytes: each }) => each),
  900,
);
bar(
  'answers that were expected and are missing in the box’s own count',
  Math.abs(summary.packets - discovery.figures.packets),
  0,
);
bar('living addresses of the /16 missed', 4096 - largeSweep.value, 0);
if (fpingSeconds !== null) bar('seconds of the /16 against fping', largeSweep.seconds / fpingSeconds, 1);
const lossy = await counted(() => ran(() => own.discover()), { loss: 0.01, roundTrip: 2 });
bar('printers missed at 1 % loss', OFFICE.printers - lossy.told.value.found.length, 0);
await own.close();

if (vpn !== '') {
  const slow = await ownWork(RANGE, 161, 4);
  const line = { loss: 0.02, roundTrip: 150 };
  const there = await counted(() => ran(() => slow.discover()), line);
  bar('printers missed at the VPN site', OFFICE.printers - there.told.value.found.length, 0);
  bar('packets sent in any second at the VPN site', there.tally.peakPerSecond, 4);
  out(`         in ${Math.round(there.figures.seconds)} s, ${there.figures.packets} packets\n`);
  const whole = await counted(() => ran(() => slow.read(there.told.value.found)), line);
  const read = whole.told.value.filter(({ state }) => state === 'complete' || state === 'partial').length;
  bar('printers not read at the VPN site', OFFICE.printers - read, 0);
  await slow.close();
}
await site.close();
out(missed === 0 ? '\nAll bars are held.\n' : `\n${missed} bars are missed.\n`);
process.exitCode = missed === 0 ? 0 : 1;
