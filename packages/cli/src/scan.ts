/** `rsb scan RANGE…`: finds the printers of some ranges, as the box does every morning. */
import {
  type DiscoverRange,
  type DiscoverSummary,
  discover,
  type Estimate,
  estimate,
  type Found,
} from '@rsb/box/discover/index';
import { checkOverlaps, parseRange } from '@rsb/box/range/index';
import { readDevice, SHORT_PATIENCE } from '@rsb/box/read/index';
import { type Fault, fault, type RangeFinding, type Reading } from '@rsb/contract';
import { chooseSweep, likelyMeans, whichOn } from '@rsb/icmp';
import { type Locale, m } from '@rsb/messages';
import { wordKind } from '@rsb/messages/value-words';
import { failure, type Outcome, success, unreachable } from '@rsb/runtime';
import { ASKING_OPTIONS, type Asking, parseAsking } from './asking-options.ts';
import { type AskingTools, askingTools } from './asking-tools.ts';
import { type CommandIo, EXIT, type ExitCode } from './io.ts';
import { misuseOf, parseOptions } from './options.ts';
import { progressLine } from './progress-line.ts';

const OPTIONS = {
  ...ASKING_OPTIONS,
  estimate: { type: 'boolean', default: false },
  'no-ping': { type: 'boolean', default: false },
} as const;

export async function scan(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { locale } = io;
  const usage = m.cli_scan_usage({}, { locale });
  const misused = misuseOf(io, usage);
  const options = parseOptions(args, OPTIONS);
  if (!options.ok) return misused(options.error);
  const { values, positionals } = options.value;
  if (values.help) {
    io.stdout(`${usage}\n`);
    return EXIT.done;
  }
  const asking = parseAsking(values, SHORT_PATIENCE, io);
  if (!asking.ok) return misused(asking.error);
  if (positionals.length === 0) return misused(fault('usage', { detail: m.cli_scan_range_missing({}, { locale }) }));
  const ranges = parseRanges(positionals, asking.value, !values['no-ping']);
  if (!ranges.ok) return misused(ranges.error);

  if (values.estimate) {
    // Here all logins are tried at once: none follow.
    const { packetsPerSecond, patience } = asking.value;
    const echo = await likelyMeans({ which: whichOn(io.env['PATH']) });
    const { further: _none, ...result } = estimate(ranges.value, packetsPerSecond, { patience, echo });
    io.stdout(values.json ? `${JSON.stringify({ estimate: result })}\n` : `${wordEstimate(result, io)}\n`);
    return EXIT.done;
  }
  return run(ranges.value, asking.value, values.json, io);
}

function parseRanges(texts: readonly string[], asking: Asking, ping: boolean): Outcome<DiscoverRange[], Fault> {
  const ranges: DiscoverRange[] = [];
  for (const text of texts) {
    const range = parseRange(text);
    if (!range.ok) return range;
    ranges.push({ name: text, range: range.value, credentials: asking.credentials, ping, packetsPerSecond: 0 });
  }
  const [overlap] = checkOverlaps(ranges.map(({ range }) => range));
  return overlap ? failure(overlap) : success(ranges);
}

async function run(ranges: readonly DiscoverRange[], asking: Asking, json: boolean, io: CommandIo): Promise<ExitCode> {
  const tools = askingTools(io, asking.packetsPerSecond);
  const { clock, snmp, budget } = tools;
  const echo = await chooseSweep({ clock, which: whichOn(io.env['PATH']) });
  const { locale } = io;
  if (echo.method === 'none' && ranges.some(({ ping }) => ping)) {
    io.stderr(`${m.cli_scan_no_ping({}, { locale })}\n`);
  }
  const progress = progressLine(io);
  const discovery = discover({ snmp, echo, gate: budget, clock }, ranges, {
    port: asking.port,
    packetsPerSecond: asking.packetsPerSecond,
    patience: asking.patience,
    signal: io.signal,
    ...(io.interactive && {
      onProgress: ({ done, addresses, alive, printers }) =>
        progress.show(m.cli_scan_progress({ done, addresses, alive, printers }, { locale })),
    }),
  });
  const extra = { packets: 0, bytes: 0 };
  let liars = 0;
  const naming: Promise<void>[] = [];
  try {
    for await (const found of discovery.found) {
      naming.push(
        name(found, asking, tools, io).then(({ readings, cost }) => {
          extra.packets += cost.packets;
          extra.bytes += cost.bytes;
          progress.clear();
          // One that has a value for everything comes out only when it is asked more.
          const believed = readings.filter(({ completeness }) => completeness.state !== 'notPrinter');
          if (believed.length === 0) liars += 1;
          for (const reading of believed)
            io.stdout(`${json ? JSON.stringify(lineOf(reading)) : wordLine(reading, locale)}\n`);
        }),
      );
    }
    await Promise.all(naming);
  } finally {
    progress.clear();
    await Promise.all([snmp.close(), echo.close()]);
  }
  const found = discovery.summary();
  const summary = {
    ...found,
    printers: found.printers - liars,
    ignored: found.ignored + liars,
    packets: found.packets + extra.packets,
    bytes: found.bytes + extra.bytes,
  };
  if (json) io.stdout(`${JSON.stringify({ summary: summaryLine(summary) })}\n`);
  else io.stderr(`${wordSummary(summary, io)}\n`);
  for (const { range, finding } of summary.ranges) {
    if (finding) io.stderr(`${wordFinding(finding, range, asking.port, locale)}\n`);
  }
  if (!summary.complete) io.stderr(`${m.cli_scan_stopped({}, { locale })}\n`);
  return summary.complete ? EXIT.done : EXIT.failed;
}

/** Who it is in its own words: a few packets more for each printer. */
function name(found: Found, asking: Asking, { snmp, clock }: AskingTools, { signal }: CommandIo) {
  const { address, port, attempt, driver, identification, gathered } = found;
  return readDevice(
    { snmp, clock },
    {
      address,
      port,
      credentials: asking.credentials,
      parts: ['identity'],
      identified: { attempt, driver, identification, gathered },
    },
    { patience: asking.patience, signal },
  );
}

const lineOf = ({ address, port, unit, kind, identity, driver }: Reading) => ({
  address,
  port,
  unit,
  kind,
  identity: identity ?? null,
  driver,
});

/** CONTRACT §5; `complete` only where it is not, `findings` only where a range as a whole is strange. */
function summaryLine(summary: DiscoverSummary) {
  const { addresses, alive, snmp, printers, ignored, answersPingOnly, packets, bytes, complete } = summary;
  const seconds = Math.round(summary.seconds * 1000) / 1000;
  const counts = { addresses, alive, snmp, printers, ignored, answersPingOnly, packets, bytes, seconds };
  const findings = summary.ranges.flatMap(({ range, finding }) => (finding ? [{ range, finding }] : []));
  return { ...counts, ...(findings.length > 0 && { findings }), ...(!complete && { complete }) };
}

function wordFinding(finding: RangeFinding, range: string, port: number, locale: Locale): string {
  switch (finding) {
    case 'echoFiltered':
      return m.cli_scan_echo_filtered({ range }, { locale });
    case 'snmpFiltered':
      return m.cli_scan_snmp_filtered({ range, port }, { locale });
    case 'noWay':
    // Without known machines a scan cannot tell it.
    case 'allSilent':
      return m.cli_scan_no_way({ range }, { locale });
    default:
      return unreachable(finding);
  }
}

function wordLine({ address, port, kind, identity }: Reading, locale: Locale): string {
  const who = [identity?.manufacturer, identity?.model].filter((text) => text).join(' ');
  const said = kind === null ? '' : wordKind(kind, locale);
  const fields = [`${address}:${port}`, who || '?', identity?.serialNumber ?? '', identity?.hostName ?? '', said];
  const widths = [22, 34, 18, 20, 0];
  return fields
    .map((text, index) => text.padEnd(widths[index] ?? 0))
    .join(' ')
    .trimEnd();
}

function wordSummary(summary: DiscoverSummary, { locale }: CommandIo): string {
  const { addresses, alive, printers, ignored, packets, bytes, seconds } = summary;
  const said = numbersIn(locale, { addresses, alive, printers, ignored, packets, kilobytes: bytes / 1000, seconds });
  return m.cli_scan_summary(said, { locale });
}

function wordEstimate(
  { addresses, packets, kilobytes, minutes }: Omit<Estimate, 'further'>,
  { locale }: CommandIo,
): string {
  return minutes === null
    ? m.cli_scan_estimate_unlimited(numbersIn(locale, { addresses, packets, kilobytes }), { locale })
    : m.cli_scan_estimate(numbersIn(locale, { addresses, packets, kilobytes, minutes }), { locale });
}

/** As the reader's language writes them, with one decimal at most. */
function numbersIn<K extends string>(locale: Locale, numbers: Readonly<Record<K, number>>): Record<K, string> {
  const { format } = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const said = Object.entries<number>(numbers).map(([name, value]) => [name, format(value)]);
  return Object.fromEntries(said) as Record<K, string>;
}
