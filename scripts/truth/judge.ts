/** Replays captures on this machine's own addresses, reads them as the box does, and judges what it read. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createSendBudget, discover } from '@rsb/box/discover/index';
import { parseRange } from '@rsb/box/range/index';
import { askedLog, LONG_PATIENCE, readDevice } from '@rsb/box/read/index';
import { PARTS, type Reading } from '@rsb/contract';
import { allowedObjects } from '@rsb/drivers';
import { noSweep } from '@rsb/icmp';
import { millis, Secret, systemClock, systemRandom } from '@rsb/runtime';
import { capturesSite, type RunningSite, type SimulatedMachine, startSite } from '@rsb/simulator';
import { allowList, type Credential, createEngine, type SnmpEngine } from '@rsb/snmp';
import type { Truth } from '../../packages/drivers/test/support/captures.ts';
import { type Score, score } from '../../packages/drivers/test/support/score.ts';

export const DEFAULT_CAPTURES = resolve(import.meta.dirname, '../../../shared/captures');

export interface JudgedCapture {
  readonly name: string;
  readonly driver: string | null;
  readonly scores: readonly Score[];
}

export interface OtherDevices {
  readonly scanned: number;
  /** Names of those that were taken for printers. */
  readonly taken: readonly string[];
}

const clock = systemClock();
const gate = createSendBudget(clock, { packetsPerSecond: 0, ranges: [] });
const community = new Secret('public');
const credentials: readonly Credential[] = [
  { version: 'v2c', community },
  { version: 'v1', community },
];

export async function judgePrinters(
  folder: string,
  wanted: (name: string) => boolean,
): Promise<readonly JudgedCapture[]> {
  const machines = machinesOf(join(folder, 'printers'), '127.61').filter(({ name }) => wanted(name));
  return onSite(machines, async (site, snmp) => {
    const judged: JudgedCapture[] = [];
    for (const { address, name } of machines) {
      const truth = truthOf(folder, name);
      const target = { address, port: site.port, credentials, parts: PARTS };
      const { readings } = await readDevice({ snmp, clock }, target, { patience: LONG_PATIENCE });
      const [first] = readings;
      judged.push({ name, driver: first.driver?.name ?? null, scores: judge(truth, readings) });
    }
    return judged;
  });
}

/** Where nobody has written down the truth, only whether it is found is judged. */
function truthOf(folder: string, name: string): Truth {
  const file = join(folder, 'truth', `${name}.json`);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Truth) : {};
}

/** Found or not is a field of its own. Each capture is of one machine, so a second reading is none that was asked for. */
export function judge(truth: Truth, readings: readonly Reading[]): readonly Score[] {
  const [reading, ...more] = readings;
  const isPrinter = truth.isPrinter ?? true;
  const state = reading?.completeness.state;
  const found = state === 'complete' || state === 'partial';
  const right = isPrinter ? found && more.length === 0 : state === 'notPrinter';
  const whether: Score = { field: 'isPrinter', judgement: right ? 'right' : 'wrong', want: isPrinter, got: state };
  return isPrinter && reading !== undefined ? [whether, ...score(truth, reading)] : [whether];
}

/** One scan over all of them, as the box does every morning. */
export async function scanOthers(folder: string): Promise<OtherDevices> {
  const machines = machinesOf(join(folder, 'nonprinters'), '127.62');
  const [first, last] = [machines[0], machines.at(-1)];
  if (first === undefined || last === undefined) return { scanned: 0, taken: [] };
  return onSite(machines, async (site, snmp) => {
    const range = parseRange(`${first.address}-${last.address}`);
    if (!range.ok) throw new Error(`not a range: ${first.address}-${last.address}`);
    const discovery = discover(
      { snmp, echo: noSweep(), gate, clock },
      [{ name: 'others', range: range.value, credentials, ping: true, packetsPerSecond: 0 }],
      { port: site.port, packetsPerSecond: 0, patience: { timeout: millis(1000), retries: 1 } },
    );
    const taken: string[] = [];
    for await (const { address } of discovery.found) {
      taken.push(machines.find((machine) => machine.address === address)?.name ?? address);
    }
    const { ignored } = discovery.summary();
    if (ignored + taken.length < machines.length) throw new Error(`only ${ignored} of ${machines.length} answered`);
    return { scanned: machines.length, taken };
  });
}

function machinesOf(folder: string, network: string): readonly SimulatedMachine[] {
  if (!existsSync(folder)) return [];
  return capturesSite(folder, { network }).machines;
}

async function onSite<T>(
  machines: readonly SimulatedMachine[],
  work: (site: RunningSite, snmp: SnmpEngine) => Promise<T>,
): Promise<T> {
  const site = await startSite({ machines, port: 0 });
  const observer = askedLog(process.env);
  const allow = allowList(allowedObjects());
  const snmp = createEngine({ clock, random: systemRandom(), allow, gate, ...(observer ? { observer } : {}) });
  try {
    return await work(site, snmp);
  } finally {
    await snmp.close();
    await site.close();
  }
}
