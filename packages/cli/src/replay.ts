/** `rsb replay FILE…`: central's own processing over a file of readings, which are kept packed in memory alone. */
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { factsReader } from '@rsb/central/alerts/facts';
import { packFacts } from '@rsb/central/alerts/packed-facts';
import { replayAlerts } from '@rsb/central/alerts/replay-alerts';
import {
  DEFAULT_SETTINGS,
  type Line,
  type Observe,
  observer,
  type ProcessingSettings,
  packReadings,
  processFleet,
} from '@rsb/central/processing/index';
import { type Fault, fault } from '@rsb/contract';
import { m } from '@rsb/messages';
import { failure, type Outcome, success } from '@rsb/runtime';
import { type CommandIo, EXIT, type ExitCode } from './io.ts';
import { parseOptions, parseWhole, refuse } from './options.ts';
import { wordLines } from './replay-text.ts';

const OPTIONS = {
  json: { type: 'boolean', default: false },
  timezone: { type: 'string', default: DEFAULT_SETTINGS.zone },
  'lead-days': { type: 'string', default: '3' },
  settings: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** In place of a file: what is piped in. */
const STDIN = '-';
const MOST_LEAD_DAYS = 365;
/** A file of something else is not told line by line. */
const MOST_BAD_LINES_TOLD = 100;
/** Readings of which equal parts are known again by those who read them; what is kept is packed anyway. */
const FORGOTTEN_AFTER = 10_000;
/** Bytes that are read, and characters that are written, at once. */
const READ_AT_ONCE = 65_536;
const WRITTEN_AT_ONCE = 65_536;

export async function replay(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { locale } = io;
  const usage = m.cli_replay_usage({}, { locale });
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
  if (positionals.length === 0) return misused(fault('usage', { detail: m.cli_replay_file_missing({}, { locale }) }));
  // Proposals come with the forecast; until then the option is only held to its bounds.
  const leadDays = parseWhole('lead-days', values['lead-days'], 0, MOST_LEAD_DAYS);
  if (!leadDays.ok) return misused(leadDays.error);
  const settings = loadSettings(values.settings, io);
  if (!settings.ok) return misused(settings.error);
  const zone = parseZone(values.timezone);
  if (!zone.ok) return misused(zone.error);

  const readings = packReadings();
  const facts = packFacts();
  let [observe, factsOf] = [observer(), factsReader()];
  let place = 0;
  let filesRead = 0;
  for (const file of positionals) {
    const read = await readFile(file, io, (value) => {
      place += 1;
      if (place % FORGOTTEN_AFTER === 0) [observe, factsOf] = [observer(), factsReader()];
      const seen = observe(value, place);
      if (!seen.ok) return seen;
      if (seen.value) {
        readings.add(seen.value);
        facts.add(place, factsOf(value));
      }
      return seen;
    });
    if (read.ok) filesRead += 1;
    else refuse(io, read.error);
    if (io.signal.aborted) return EXIT.failed;
  }
  if (filesRead === 0) return EXIT.usage;
  const alertsOf = replayAlerts({ factsAt: facts.at, silentHours: settings.value.silentHours });
  print(processFleet(readings, { ...settings.value, zone: zone.value }, alertsOf), values.json, io);
  return EXIT.done;
}

async function readFile(
  file: string,
  io: CommandIo,
  take: (value: unknown) => ReturnType<Observe>,
): Promise<Outcome<null, Fault>> {
  let number = 0;
  let bad = 0;
  const tell = (why: string) => {
    bad += 1;
    if (bad <= MOST_BAD_LINES_TOLD)
      io.stderr(`rsb: ${m.cli_replay_bad_line({ file, line: number, why }, { locale: io.locale })}\n`);
  };
  const wording = {
    notJson: m.cli_replay_not_json,
    notReading: m.cli_replay_not_reading,
    noTime: m.cli_replay_no_time,
    noPlace: m.cli_replay_no_place,
  };
  try {
    const input = createReadStream(file === STDIN ? '' : file, {
      highWaterMark: READ_AT_ONCE,
      ...(file === STDIN ? { fd: 0, autoClose: false } : {}),
    });
    input.setEncoding('utf8');
    // Without a listener of its own, a stream that fails to open would end readline without a word.
    const failed = new Promise<never>((_, reject) => input.once('error', reject));
    failed.catch(() => {});
    const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
    const reading = (async () => {
      for await (const line of lines) {
        if (io.signal.aborted) break;
        number += 1;
        const text = (number === 1 ? line.replace(/^\uFEFF/, '') : line).trim();
        if (text === '') continue;
        const value = parseJson(text);
        if (!value.ok) {
          tell(wording.notJson({}, { locale: io.locale }));
          continue;
        }
        const taken = take(value.value);
        if (!taken.ok) tell(wording[taken.error]({}, { locale: io.locale }));
      }
    })();
    await Promise.race([reading, failed]);
    input.destroy();
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return failure(fault('fileUnusable', { path: file, detail }));
  }
  if (bad > MOST_BAD_LINES_TOLD)
    io.stderr(`rsb: ${m.cli_replay_more_bad({ file, count: bad - MOST_BAD_LINES_TOLD }, { locale: io.locale })}\n`);
  return success(null);
}

function parseJson(text: string): Outcome<unknown, null> {
  try {
    return success(JSON.parse(text));
  } catch {
    return failure(null);
  }
}

function parseZone(zone: string): Outcome<string, Fault> {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return success(zone);
  } catch {
    return failure(fault('usage', { detail: `--timezone ${zone}` }));
  }
}

/** Bounds of each number that a settings file may hold. */
const BOUNDS = {
  silentHours: [1, 8760],
  pagesPerMinute: [1, 1000],
} as const satisfies Partial<Record<keyof ProcessingSettings, readonly [number, number]>>;

function loadSettings(file: string | undefined, io: CommandIo): Outcome<ProcessingSettings, Fault> {
  if (file === undefined) return success(DEFAULT_SETTINGS);
  let given: unknown;
  try {
    given = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return failure(fault('fileUnusable', { path: file, detail }));
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return failure(fault('fileUnusable', { path: file, detail: '{ … }' }));
  const settings: Record<string, number> = {};
  for (const [name, value] of Object.entries(given)) {
    const bounds = Object.hasOwn(BOUNDS, name) ? BOUNDS[name as keyof typeof BOUNDS] : undefined;
    if (!bounds) {
      io.stderr(`rsb: ${m.cli_replay_setting_unknown({ file, name }, { locale: io.locale })}\n`);
      continue;
    }
    const [least, most] = bounds;
    if (typeof value !== 'number' || !(value >= least && value <= most))
      return failure(fault('fileUnusable', { path: file, detail: `${name}: ${least} … ${most}` }));
    settings[name] = value;
  }
  return success({ ...DEFAULT_SETTINGS, ...settings });
}

function print(lines: Iterable<Line>, json: boolean, io: CommandIo): void {
  if (!json) {
    wordLines(lines, io.locale, io.stdout);
    return;
  }
  let text = '';
  for (const line of lines) {
    text += `${JSON.stringify(line)}\n`;
    if (text.length < WRITTEN_AT_ONCE) continue;
    io.stdout(text);
    text = '';
    if (io.signal.aborted) return;
  }
  if (text !== '') io.stdout(text);
}
