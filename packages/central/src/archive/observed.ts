/** Observations between their shape in processing and their row in the store, exact in both directions. */
import type { SentReading } from '@rsb/contract';
import { countValueOf, type Observation, type Observe, type SupplyLevel } from '../processing/observation.ts';
import type { ObservationRow } from '../store/customer-series.ts';
import type { DeviceId } from '../store/identifiers.ts';
import { DAY, type Standing } from './moment.ts';

/** Undefined for a reading that tells nothing: no answer, refused. */
export function observedRow(
  observe: Observe,
  device: DeviceId,
  reading: SentReading['reading'],
  { at, epochNo, seq }: Standing,
  receivedAt: number,
): ObservationRow | undefined {
  const observed = observe(reading, 0);
  if (!observed.ok || observed.value === null) return undefined;
  const { takenAt, address, unit, identified, serial, mac, model, firmware, driver, counts, supplies } = observed.value;
  return {
    device_id: device,
    at,
    epoch_no: epochNo,
    seq,
    taken_at: believable(takenAt, at, receivedAt),
    identity: JSON.stringify([address, unit, identified, serial, mac, model, firmware, driver]),
    counts: counts && JSON.stringify(counts.map((value) => (typeof value === 'bigint' ? value.toString() : value))),
    supplies:
      supplies &&
      JSON.stringify(
        supplies.map(({ name, index, percent, state, serial: own }) => [name, index, percent, state, own]),
      ),
  };
}

/** A time before 2015 says that the clock was not set, and processing knows what to do; one that is still to come says nothing. */
export const believable = (takenAt: number, at: number, receivedAt: number): number =>
  takenAt > receivedAt + DAY ? at : takenAt;

type IdentityFacts = Pick<
  Observation,
  'address' | 'unit' | 'identified' | 'serial' | 'mac' | 'model' | 'firmware' | 'driver'
>;

export type ReadRow = (row: Omit<ObservationRow, 'device_id'>, place: number) => Observation;

/** Equal texts are read once, and equal supplies are one list. */
export function observationReader(agentOf: (epochNo: number) => string): ReadRow {
  const identities = new Map<string, IdentityFacts>();
  const lists = new Map<string, readonly SupplyLevel[]>();
  const identityOf = (text: string): IdentityFacts => {
    const known = identities.get(text);
    if (known) return known;
    const [address, unit, identified, serial, mac, model, firmware, driver] = JSON.parse(text);
    const facts = { address, unit, identified, serial, mac, model, firmware, driver };
    identities.set(text, facts);
    return facts;
  };
  const suppliesOf = (text: string): readonly SupplyLevel[] => {
    const known = lists.get(text);
    if (known) return known;
    const rows: [string, string, number | null, string, string | null][] = JSON.parse(text);
    const levels = rows.map(([name, index, percent, state, serial]) => ({ name, index, percent, state, serial }));
    lists.set(text, levels);
    return levels;
  };
  return ({ epoch_no, seq, taken_at, identity, counts, supplies }, place) => ({
    place,
    takenAt: taken_at,
    id: { box: agentOf(epoch_no), epoch: String(epoch_no), seq },
    ...identityOf(identity),
    counts: counts === null ? null : (JSON.parse(counts) as unknown[]).map(countValueOf),
    supplies: supplies === null ? null : suppliesOf(supplies),
  });
}
