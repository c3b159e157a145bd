/** `rsb read ADDRESS[:PORT]`: one device now, and where each of its values comes from. */
import { isIP } from 'node:net';
import { LONG_PATIENCE, pollDevice, type ReadResult, type ReadTarget, readDevice } from '@rsb/box/read/index';
import { fault, PARTS } from '@rsb/contract';
import { m } from '@rsb/messages';
import { ASKING_OPTIONS, type Asking, parseAsking } from './asking-options.ts';
import { type AskingTools, askingTools } from './asking-tools.ts';
import { conclude } from './conclude.ts';
import { explain } from './explain.ts';
import { type CommandIo, EXIT, type ExitCode } from './io.ts';
import { misuseOf, parseOptions, parseWhole } from './options.ts';
import { parsePlace, type Resolve, systemResolve } from './place.ts';
import { wordReading } from './reading-text.ts';

const OPTIONS = {
  ...ASKING_OPTIONS,
  polls: { type: 'string', default: '0' },
  explain: { type: 'boolean', default: false },
} as const;

const MOST_POLLS = 10_000;

export async function read(
  args: readonly string[],
  io: CommandIo,
  resolve: Resolve = systemResolve,
): Promise<ExitCode> {
  const { locale } = io;
  const usage = m.cli_read_usage({}, { locale });
  const misused = misuseOf(io, usage);
  const options = parseOptions(args, OPTIONS);
  if (!options.ok) return misused(options.error);
  const { values, positionals } = options.value;
  if (values.help) {
    io.stdout(`${usage}\n`);
    return EXIT.done;
  }
  const asking = parseAsking(values, LONG_PATIENCE, io);
  if (!asking.ok) return misused(asking.error);
  const polls = parseWhole('polls', values.polls, 0, MOST_POLLS);
  if (!polls.ok) return misused(polls.error);
  const [text, ...others] = positionals;
  if (text === undefined) return misused(fault('usage', { detail: m.cli_read_address_missing({}, { locale }) }));
  if (others.length > 0) return misused(fault('usage', { detail: m.cli_read_one_address({}, { locale }) }));
  const place = parsePlace(text, asking.value.port);
  if (!place.ok) return misused(place.error);

  const [address] = isIP(place.value.host) ? [place.value.host] : await resolve(place.value.host);
  if (address === undefined) {
    io.stderr(`rsb: ${m.cli_read_name_not_found({ name: place.value.host }, { locale })}\n`);
    return EXIT.noAnswer;
  }
  const { credentials } = asking.value;
  const target = { address, port: place.value.port, credentials, parts: PARTS };
  const print = printer(values, io);
  const tools = askingTools(io, asking.value.packetsPerSecond);
  try {
    return await readOften(target, polls.value, asking.value, tools, io, print);
  } finally {
    await tools.snmp.close();
  }
}

async function readOften(
  target: ReadTarget,
  polls: number,
  { patience }: Asking,
  tools: AskingTools,
  io: CommandIo,
  print: (result: ReadResult) => void,
): Promise<ExitCode> {
  const options = { patience, signal: io.signal };
  let result = await readDevice(tools, target, options);
  print(result);
  for (let poll = 0; poll < polls && result.credential !== null && !io.signal.aborted; poll += 1) {
    const known = { ...target, preferred: result.credential };
    const { plan } = result;
    result = plan ? await pollDevice(tools, { ...known, plan }, options) : await readDevice(tools, known, options);
    print(result);
  }
  return conclude(result.readings[0], io);
}

function printer(values: { readonly json: boolean; readonly explain: boolean }, io: CommandIo) {
  return ({ readings, interpretations }: ReadResult) => {
    for (const [index, reading] of readings.entries()) {
      if (values.json) io.stdout(`${JSON.stringify(reading)}\n`);
      else if (reading.driver) {
        io.stdout(wordReading(reading, io.locale));
        if (values.explain) io.stdout(`\n${explain(reading, interpretations[index]?.draft, io.locale)}`);
      }
    }
  };
}
