/** `rsb test ADDRESS[:PORT]`: why a device is read, or is not. */
import { isIP } from 'node:net';
import { diagnose, portProbe } from '@rsb/box/discover/index';
import { LONG_PATIENCE } from '@rsb/box/read/index';
import { type Cause, type DiagnosisView, fault } from '@rsb/contract';
import { chooseSweep, type EchoSweep, whichOn } from '@rsb/icmp';
import { m } from '@rsb/messages';
import type { Clock } from '@rsb/runtime';
import { ASKING_OPTIONS, type Asking, parseAsking } from './asking-options.ts';
import { askingTools } from './asking-tools.ts';
import { type CommandIo, EXIT, type ExitCode } from './io.ts';
import { misuseOf, parseOptions } from './options.ts';
import { type Place, parsePlace, type Resolve, systemResolve } from './place.ts';
import { diagnosisText } from './test-text.ts';

/** What a test of this command puts in the place of the machine's own. */
export interface TestMeans {
  readonly resolve: Resolve;
  readonly sweep: (clock: Clock) => Promise<EchoSweep>;
}

export async function test(args: readonly string[], io: CommandIo, means: Partial<TestMeans> = {}): Promise<ExitCode> {
  const { locale } = io;
  const usage = m.cli_test_usage({}, { locale });
  const misused = misuseOf(io, usage);
  const options = parseOptions(args, ASKING_OPTIONS);
  if (!options.ok) return misused(options.error);
  const { values, positionals } = options.value;
  if (values.help) {
    io.stdout(`${usage}\n`);
    return EXIT.done;
  }
  const asking = parseAsking(values, LONG_PATIENCE, io);
  if (!asking.ok) return misused(asking.error);
  const [text, ...others] = positionals;
  if (text === undefined) return misused(fault('usage', { detail: m.cli_read_address_missing({}, { locale }) }));
  if (others.length > 0) return misused(fault('usage', { detail: m.cli_read_one_address({}, { locale }) }));
  const place = parsePlace(text, asking.value.port);
  if (!place.ok) return misused(place.error);
  const { host, port } = place.value;
  const [address] = isIP(host) ? [host] : await (means.resolve ?? systemResolve)(host);
  if (address === undefined) {
    io.stderr(`rsb: ${m.cli_read_name_not_found({ name: host }, { locale })}\n`);
    return EXIT.noAnswer;
  }
  const diagnosis = await run({ host: address, port }, asking.value, io, means);
  io.stdout(values.json ? `${JSON.stringify(lineOf(diagnosis))}\n` : diagnosisText(diagnosis, locale));
  return EXIT_OF[diagnosis.cause];
}

const EXIT_OF: Readonly<Record<Cause, ExitCode>> = {
  printer: EXIT.done,
  notPrinter: EXIT.notPrinter,
  answersAnything: EXIT.notPrinter,
  showsNothing: EXIT.notPrinter,
  wrongPrivacy: EXIT.noAnswer,
  levelTooLow: EXIT.noAnswer,
  unsupportedLevel: EXIT.noAnswer,
  unknownContext: EXIT.noAnswer,
  refused: EXIT.noAnswer,
  timeWindow: EXIT.noAnswer,
  wrongDigest: EXIT.noAnswer,
  unknownUser: EXIT.noAnswer,
  unknownEngine: EXIT.noAnswer,
  wrongCommunity: EXIT.noAnswer,
  noV3: EXIT.noAnswer,
  malformed: EXIT.noAnswer,
  portClosed: EXIT.noAnswer,
  prohibited: EXIT.noAnswer,
  lossy: EXIT.noAnswer,
  snmpSilent: EXIT.noAnswer,
  silent: EXIT.noAnswer,
  silentUnpinged: EXIT.noAnswer,
  unreachable: EXIT.noAnswer,
  aborted: EXIT.failed,
};

async function run(
  { host: address, port }: Place,
  { credentials, patience, packetsPerSecond }: Asking,
  io: CommandIo,
  { sweep }: Partial<TestMeans>,
): Promise<DiagnosisView> {
  const { clock, snmp, budget: gate } = askingTools(io, packetsPerSecond);
  const echo = await (sweep?.(clock) ?? chooseSweep({ clock, which: whichOn(io.env['PATH']) }));
  try {
    const deps = { snmp, echo, gate, probe: portProbe(clock) };
    return await diagnose(deps, { address, port, credentials, patience }, io.signal);
  } finally {
    await Promise.all([snmp.close(), echo.close()]);
  }
}

const lineOf = (diagnosis: DiagnosisView): DiagnosisView => ({
  ...diagnosis,
  ping: {
    ...diagnosis.ping,
    roundTrip: diagnosis.ping.roundTrip === null ? null : rounded(diagnosis.ping.roundTrip),
  },
});

const rounded = (value: number): number => Math.round(value * 100) / 100;
