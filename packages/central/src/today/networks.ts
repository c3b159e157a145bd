/** Silent machines by the network that keeps them from being read: the fault on the way there is one line, not one for each. Pure. */
import { createHash } from 'node:crypto';
import type { UnreachedHere } from '@rsb/contract';
import { type FoundRange, rangeFinder, shownHere, unreachedRanges } from '../fleet/unreached-ranges.ts';
import { type SilentLine, subjects } from '../store/today-lines.ts';

export interface Network {
  /** Names it to the server; the range itself may be withheld. */
  readonly subject: string;
  readonly unreached: UnreachedHere;
  /** In the order in which they were given; at least one. */
  readonly machines: readonly [SilentLine, ...SilentLine[]];
}

export interface ByNetwork {
  readonly networks: readonly Network[];
  /** Machines that are silent for themselves. */
  readonly others: readonly SilentLine[];
}

interface Growing extends Network {
  readonly machines: [SilentLine, ...SilentLine[]];
}

/** Networks with the most machines come first. */
export function byNetwork(lines: readonly SilentLine[]): ByNetwork {
  const finders = new Map<string, ReturnType<typeof rangeFinder>>();
  const networks = new Map<string, Growing>();
  const others: SilentLine[] = [];
  for (const line of lines) {
    const found = finderOf(finders, line)({ address: line.address, lastAt: line.read_at });
    if (!found) {
      others.push(line);
      continue;
    }
    const subject = networkSubject(line.agent, found);
    // A box that was moved stands at two customers.
    const key = `${line.customer_id} ${subject}`;
    const known = networks.get(key);
    if (known) known.machines.push(line);
    else networks.set(key, { subject, unreached: shownHere(found), machines: [line] });
  }
  const most = [...networks.values()].sort((one, other) => other.machines.length - one.machines.length);
  return { networks: most, others };
}

function finderOf(
  finders: Map<string, ReturnType<typeof rangeFinder>>,
  { customer_id, agent, unreached }: SilentLine,
): ReturnType<typeof rangeFinder> {
  const key = `${customer_id} ${agent}`;
  const known = finders.get(key);
  if (known) return known;
  const fresh = rangeFinder(unreachedRanges(unreached));
  finders.set(key, fresh);
  return fresh;
}

/** Ranges may be long lists: their digest is as good a name. */
const networkSubject = (agent: string, { range }: FoundRange): string =>
  subjects.network(agent, createHash('sha256').update(range.range).digest('hex').slice(0, 16));

export const isNetworkSubject = (subject: string): boolean => subject.startsWith('network:');
