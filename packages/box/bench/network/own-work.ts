/** The box's own discovery, first read and poll, as the bench runs them. */
import { PARTS } from '@rsb/contract';
import { allowedObjects } from '@rsb/drivers';
import { chooseSweep, type EchoSweep, whichOn } from '@rsb/icmp';
import { Secret, systemClock, systemRandom } from '@rsb/runtime';
import { allowList, createEngine, type SnmpEngine } from '@rsb/snmp';
import {
  createSendBudget,
  type DiscoverSummary,
  discover,
  type Estimate,
  estimate,
  type Found,
} from '../../src/discover/index.ts';
import { type AddressRange, parseRange } from '../../src/range/index.ts';
import { type LearnedPlan, pollDevice, readDevice } from '../../src/read/index.ts';
import { eachBounded } from '../../src/service/bounded.ts';

export interface OwnWork {
  readonly echo: EchoSweep;
  discover(): Promise<{ readonly found: readonly Found[]; readonly summary: DiscoverSummary }>;
  /** Each printer whole, and the plan that its polls follow. */
  read(found: readonly Found[]): Promise<readonly Planned[]>;
  poll(planned: readonly Planned[]): Promise<number>;
  /** What discovering and reading it again would cost, by what is known now. */
  reckon(planned: readonly Planned[], pingOnly: number): Estimate;
  close(): Promise<void>;
}

export interface Planned {
  readonly address: string;
  readonly port: number;
  readonly plan: LearnedPlan;
  readonly state: string;
}

const AT_ONCE = 16;
const CREDENTIALS = [{ version: 'v2c' as const, community: new Secret('public') }];

export function rangeOf(text: string): AddressRange {
  const parsed = parseRange(text);
  if (!parsed.ok) throw new Error(`${text} is no range`);
  return parsed.value;
}

/** `packetsPerSecond`: 0 = no limit. */
export async function ownWork(text: string, port: number, packetsPerSecond = 0): Promise<OwnWork> {
  const clock = systemClock();
  const range = rangeOf(text);
  const gate = createSendBudget(clock, { packetsPerSecond, ranges: [{ range, packetsPerSecond }] });
  const snmp: SnmpEngine = createEngine({ clock, random: systemRandom(), allow: allowList(allowedObjects()), gate });
  const echo = await chooseSweep({ clock, which: whichOn(process.env['PATH']) });
  const work = { snmp, clock };
  return {
    echo,
    async discover() {
      const ranges = [{ name: text, range, credentials: CREDENTIALS, ping: true, packetsPerSecond }];
      const discovery = discover({ snmp, echo, gate, clock }, ranges, { port, packetsPerSecond });
      const found: Found[] = [];
      for await (const each of discovery.found) found.push(each);
      return { found, summary: discovery.summary() };
    },
    async read(found) {
      const planned: Planned[] = [];
      await eachBounded(found, AT_ONCE, async ({ address, port: at, attempt, driver, identification, gathered }) => {
        const identified = { attempt, driver, identification, gathered };
        const target = {
          address,
          port: at,
          credentials: CREDENTIALS,
          parts: PARTS,
          identified,
          before: 'none' as const,
        };
        const { plan, readings } = await readDevice(work, target);
        const [{ completeness }] = readings;
        if (plan) planned.push({ address, port: at, plan, state: completeness.state });
      });
      return planned;
    },
    reckon: (planned, pingOnly) =>
      estimate(
        [
          {
            range,
            credentials: CREDENTIALS,
            ping: true,
            packetsPerSecond,
            known: planned.flatMap(({ plan }) => plan.cost ?? []),
            pingOnly,
          },
        ],
        packetsPerSecond,
        { echo },
      ),
    async poll(planned) {
      let told = 0;
      await eachBounded(planned, AT_ONCE, async ({ address, port: at, plan }) => {
        const target = { address, port: at, credentials: CREDENTIALS, parts: PARTS, plan };
        const { readings } = await pollDevice(work, target);
        if (['complete', 'partial'].includes(readings[0].completeness.state)) told += 1;
      });
      return told;
    },
    async close() {
      await Promise.all([snmp.close(), echo.close()]);
    },
  };
}
