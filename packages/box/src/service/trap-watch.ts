/** Known machines that send a trap are polled sooner, in their turn and within their hours and budgets like any others. */
import { type Clock, type Log, minutes } from '@rsb/runtime';
import type { Devices } from '../store/devices.ts';
import { createSooner, createTrapListener, type TrapListener } from '../traps/index.ts';
import { type ActiveRange, rangeOf } from './active-ranges.ts';
import type { DeviceReader } from './device-reader.ts';
import { stackOf } from './stack.ts';

export interface TrapWatchDeps {
  readonly host: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly devices: Devices;
  /** In which something may be asked now. */
  readonly permittedRanges: () => readonly ActiveRange[];
  readonly reader: DeviceReader;
  readonly onStored: () => void;
}

/** How long the list of known machines is held: a storm of traps must not cost a look into the store for each. */
const HELD = minutes(1);

export function createTrapWatch(deps: TrapWatchDeps): TrapListener {
  const { host, clock, log, devices, permittedRanges, reader, onStored } = deps;
  let known: ReadonlyMap<string, number> = new Map();
  let heldUntil = Number.NEGATIVE_INFINITY;

  /** Port by address. */
  const knownMachines = () => {
    if (clock.monotonic() < heldUntil) return known;
    const permitted = permittedRanges();
    const asked = devices.all().filter(({ address, monitored, displacedBy }) => {
      return monitored && displacedBy === null && rangeOf(permitted, address) !== undefined;
    });
    known = new Map(asked.map(({ address, port }) => [address, port]));
    heldUntil = clock.monotonic() + HELD;
    return known;
  };

  const sooner = createSooner({
    clock,
    isKnown: (address) => knownMachines().has(address),
    async look(address) {
      const port = knownMachines().get(address);
      if (port === undefined) return;
      try {
        await reader.read({ address, port, parts: ['identity', 'supplies', 'status', 'alerts'], way: 'poll' });
        onStored();
      } catch (error) {
        log.error('a poll failed', { address, error: stackOf(error) });
      }
    },
  });
  return createTrapListener({ host, sooner, log });
}
