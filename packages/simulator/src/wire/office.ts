/**
 * A /24 as it was measured with other programs: 50 printers, 11 other SNMP agents, 51 addresses that answer a ping alone,
 * and 144 that answer nothing.
 */
import { gear } from '../gear/gear.ts';
import type { SimulatedMachine } from '../machine.ts';
import { updateTroubles } from '../machines/trouble.ts';
import { mibOf } from '../mib.ts';
import { seedMachines } from '../seed-machines.ts';
import { objectsOf } from '../seed-site.ts';

export const OFFICE = { printers: 50, gear: 11, pingOnly: 51, addresses: 256 } as const;
const UP_TIME = 45_071_232;

export interface Office {
  readonly printers: readonly SimulatedMachine[];
  readonly gear: readonly SimulatedMachine[];
  readonly pingOnly: readonly string[];
}

/** `network`: its first three octets; the box is at .254. `captured`: machines that stand for the printers. */
export function office(network: string, captured: readonly SimulatedMachine[] = ownPrinters()): Office {
  const free = Array.from({ length: 253 }, (_, index) => `${network}.${index + 1}`);
  // Spread over the range as on a grown network, the same on each run.
  const spread = free
    .map((address, index) => ({ address, place: (index * 101) % 253 }))
    .sort((a, b) => a.place - b.place);
  const places = spread.map(({ address }) => address);
  const take = (count: number) => places.splice(0, count);
  const at = (machines: readonly SimulatedMachine[], addresses: readonly string[]) =>
    addresses.flatMap((address, index) => {
      const machine = machines[index % machines.length];
      return machine ? [{ ...machine, address }] : [];
    });
  return {
    printers: at(captured, take(OFFICE.printers)),
    gear: at(gear, take(OFFICE.gear)),
    pingOnly: take(OFFICE.pingOnly),
  };
}

/** Fifty machines of the seed's makes, each with a name, serial number and MAC address of its own. */
function ownPrinters(): readonly SimulatedMachine[] {
  return Array.from({ length: OFFICE.printers }, (_, index) => {
    const seed = seedMachines[index % seedMachines.length];
    if (!seed) throw new Error('the seed has machines');
    const number = String(index).padStart(2, '0');
    const facts = {
      ...seed.facts,
      name: `${seed.facts.name}${number}`,
      serialNumber: `${seed.facts.serialNumber.slice(0, -2)}${number}`,
      macAddress: `${seed.facts.macAddress.slice(0, -2)}${number}`,
    };
    const state = seed.start();
    updateTroubles(state, UP_TIME - 198_000);
    return { address: facts.address, name: facts.name, mib: mibOf(objectsOf(facts, state, () => UP_TIME)) };
  });
}
