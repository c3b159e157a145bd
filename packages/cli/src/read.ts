/** `rsb read ADDRESS[:PORT]`: one device now, and where each of its values comes from. */
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { LONG_PATIENCE, pollDevice, type ReadResult, type ReadTarget, readDevice } from '@rsb/box/read/index';
import { ERROR_CODES, type ErrorCode, type Fault, fault, PARTS, type Reading } from '@rsb/contract';
import { m } from '@rsb/messages';
import { wordFault } from '@rsb/messages/fault';
import { failure, type Outcome, success, unreachable } from '@rsb/runtime';
import { ASKING_OPTIONS, type Asking, parseAsking } from './asking-options.ts';
import { type AskingTools, askingTools } from './asking-tools.ts';
import { explain } from './explain.ts';
import { type CommandIo, EXIT, type ExitCode } from './io.ts';
import { parseOptions, parseWhole, refuse } from './options.ts';
import { wordReading } from './reading-text.ts';

const OPTIONS = {
  ...ASKING_OPTIONS,
  polls: { type: 'string', default: '0' },
  explain: { type: 'boolean', default: false },
} as const;

/** The addresses of a name; none where there is no such name. */
export type Resolve = (name: string) => Promise<readonly string[]>;

const systemResolve: Resolve = async (name) => {
  try {
    return (await lookup(name, { all: true })).map(({ address }) => address);
  } catch {
    return [];
  }
};

const MOST_POLLS = 10_000;

export async function read(
  args: readonly string[],
  io: CommandIo,
  resolve: Resolve = systemResolve,
): Promise<ExitCode> {
  const { locale } = io;
  const usage = m.cli_read_usage({}, { locale });
  const misused = (problem: Fault): ExitCode => {
    const code = refuse(io, problem);
    if (problem.code === 'usage') io.stderr(`\n${usage}\n`);
    return code;
  };
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

/** The exit code, and for people the sentence that says why there is no reading. */
function conclude({ completeness, address, port }: Reading, { stderr, locale }: CommandIo): ExitCode {
  switch (completeness.state) {
    case 'complete':
    case 'partial':
      return EXIT.done;
    case 'notPrinter':
      stderr(`rsb: ${m.cli_read_not_printer({ address }, { locale })}\n`);
      return EXIT.notPrinter;
    case 'refused':
      stderr(`rsb: ${address}: ${wordFault({ code: reasonOf(completeness), params: {} }, locale)}\n`);
      return EXIT.noAnswer;
    case 'unreachable':
      stderr(`rsb: ${m.cli_read_no_answer({ address, port }, { locale })}\n`);
      return EXIT.noAnswer;
    default:
      return unreachable(completeness.state);
  }
}

/** A refusal has one reason, the same for every part. */
function reasonOf({ reasons }: Reading['completeness']): ErrorCode {
  const [reason] = Object.values(reasons);
  return ERROR_CODES.find((code) => code === reason) ?? 'partRefused';
}

function printer(values: { readonly json: boolean; readonly explain: boolean }, io: CommandIo) {
  return ({ readings }: ReadResult) => {
    for (const reading of readings) {
      if (values.json) io.stdout(`${JSON.stringify(reading)}\n`);
      else if (reading.driver) {
        io.stdout(wordReading(reading, io.locale));
        if (values.explain) io.stdout(`\n${explain(reading, io.locale)}`);
      }
    }
  };
}

interface Place {
  readonly host: string;
  readonly port: number;
}

/** `10.0.0.5`, `10.0.0.5:161`, `[fd00::5]:161`, `fd00::5`, `printer.example:161`. */
function parsePlace(text: string, defaultPort: number): Outcome<Place, Fault> {
  if (isIP(text) === 6) return success({ host: text, port: defaultPort });
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^[\]:]+))(?::(.*))?$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  const isHost = bracketed === undefined ? isAddressOrName(plain ?? '') : isIP(bracketed) === 6;
  if (host === undefined || !isHost) return failure(fault('usage', { detail: `“${text}”` }));
  if (port === undefined) return success({ host, port: defaultPort });
  const number = parseWhole('port', port, 1, 65_535);
  return number.ok ? success({ host, port: number.value }) : number;
}

/** A name of RFC 1123; what looks like a broken IPv4 address is none. */
const isAddressOrName = (text: string): boolean =>
  isIP(text) === 4 || (/^[A-Za-z0-9_]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9_.])?$/.test(text) && !/^[\d.]+$/.test(text));
