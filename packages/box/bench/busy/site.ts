/**
 * A process of its own with many machines on loopback: those of the simulated site, each under many serial numbers.
 * `node packages/box/bench/busy/site.ts COUNT` prints the port and the range, and answers until it is ended.
 */
import { allObjects, type MibObject, mibOf, type SimulatedMachine, seedSite, startSite } from '@rsb/simulator';
import { oid } from '@rsb/snmp';

const ROOT = oid('1.3');
const NETWORK = '127.41';

/** The same machine with another serial number, name and MAC address wherever it tells them. */
function another(machine: SimulatedMachine, at: number): SimulatedMachine {
  const number = String(at).padStart(4, '0');
  const objects: MibObject[] = [...allObjects(machine.mib, ROOT)].map(({ oid: name, value }) => {
    if (value.type !== 'octets') return [name, value];
    const bytes = Buffer.from(value.value);
    const text = bytes.toString('latin1');
    // Serial numbers of the simulated machines: a letter or more, digits; eight signs at least, no space.
    if (/^[A-Z]\d{3,}[A-Z]?\d{5,}$/.test(text)) return [name, { ...value, value: Buffer.from(`${text}${number}`) }];
    if (bytes.length === 6)
      return [name, { ...value, value: Buffer.concat([bytes.subarray(0, 4), Buffer.from([at >> 8, at & 255])]) }];
    return [name, value];
  });
  return { ...machine, address: `${NETWORK}.${Math.floor(at / 250)}.${(at % 250) + 1}`, mib: mibOf(objects) };
}

const count = Number(process.argv[2] ?? 250);
const seed = seedSite({ gear: false });
const machines = Array.from({ length: count }, (_, at) => {
  const machine = seed[at % seed.length];
  if (!machine) throw new Error('the site is empty');
  return another(machine, at);
});
const site = await startSite({ machines, port: 0 });
const last = Math.floor((count - 1) / 250);
const ranges = Array.from({ length: last + 1 }, (_, at) => `${NETWORK}.${at}.0/24`);
process.stdout.write(`${JSON.stringify({ port: site.port, ranges })}\n`);
process.once('SIGTERM', () => void site.close());
