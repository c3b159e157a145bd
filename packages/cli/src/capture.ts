/**
 * `rsb capture ADDRESS -o FILE`: what one printer answers to all that may be asked, with everything private changed, to send
 * in with a report that it is read wrong. Only answers of the allow-list, and nothing of a device that is no printer.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { askAll, encodeSnmprec, redactCarefully } from '@rsb/box/capture/index';
import { absentReading, attemptsOf, codeOf, identifyDevice, LONG_PATIENCE } from '@rsb/box/read/index';
import { type Fault, fault, PARTS } from '@rsb/contract';
import { allowedObjects, answersOf, captureObjects, interpretInDetail } from '@rsb/drivers';
import { m } from '@rsb/messages';
import { isoInstant, systemRandom } from '@rsb/runtime';
import type { Oid, Varbind } from '@rsb/snmp';
import { ASKING_OPTIONS, type Asking, parseAsking } from './asking-options.ts';
import { type AskingTools, askingTools } from './asking-tools.ts';
import { conclude } from './conclude.ts';
import { type CommandIo, EXIT, type ExitCode } from './io.ts';
import { misuseOf, parseOptions, refuse } from './options.ts';
import { parsePlace, type Resolve, systemResolve } from './place.ts';
import { progressLine } from './progress-line.ts';

const OPTIONS = {
  ...ASKING_OPTIONS,
  output: { type: 'string', short: 'o' },
  'counter-tables': { type: 'boolean', default: false },
  force: { type: 'boolean', default: false },
} as const;

interface Task {
  readonly address: string;
  readonly port: number;
  readonly file: string;
  readonly objects: readonly Oid[];
  readonly force: boolean;
  readonly json: boolean;
}

export async function capture(
  args: readonly string[],
  io: CommandIo,
  resolve: Resolve = systemResolve,
): Promise<ExitCode> {
  const { locale } = io;
  const usage = m.cli_capture_usage({}, { locale });
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
  const [text, ...others] = positionals;
  if (text === undefined) return misused(fault('usage', { detail: m.cli_read_address_missing({}, { locale }) }));
  if (others.length > 0) return misused(fault('usage', { detail: m.cli_read_one_address({}, { locale }) }));
  const place = parsePlace(text, asking.value.port);
  if (!place.ok) return misused(place.error);
  const file = values.output;
  if (!file) return misused(fault('usage', { detail: m.cli_capture_output_missing({}, { locale }) }));
  if (existsSync(file) && !values.force) return misused(exists(file, io));

  const { host, port } = place.value;
  const [address] = isIP(host) ? [host] : await resolve(host);
  if (address === undefined) {
    io.stderr(`rsb: ${m.cli_read_name_not_found({ name: host }, { locale })}\n`);
    return EXIT.noAnswer;
  }
  const objects = [...allowedObjects(), ...(values['counter-tables'] ? captureObjects() : [])];
  const tools = askingTools(io, asking.value.packetsPerSecond, [], objects);
  try {
    return await record(
      { address, port, file, objects, force: values.force, json: values.json },
      asking.value,
      tools,
      io,
    );
  } finally {
    await tools.snmp.close();
  }
}

const exists = (path: string, { locale }: CommandIo): Fault =>
  fault('fileUnusable', { path, detail: m.cli_capture_exists({}, { locale }) });

async function record(task: Task, asking: Asking, tools: AskingTools, io: CommandIo): Promise<ExitCode> {
  const { address, port } = task;
  const { credentials, patience } = asking;
  const who = await identifyDevice(
    tools.snmp,
    { address, port },
    attemptsOf(credentials, patience, undefined),
    io.signal,
  );
  if (who.kind !== 'printer') {
    const state = who.kind === 'silent' ? 'unreachable' : who.kind;
    const reason = who.kind === 'notPrinter' ? who.why : codeOf(who.failure);
    const reading = absentReading({ address, port }, state, reason, PARTS, isoInstant(tools.clock.now()));
    if (task.json) io.stdout(`${JSON.stringify(reading)}\n`);
    return conclude(reading, io);
  }
  const progress = progressLine(io);
  const { varbinds, unfinished } = await askAll(tools.snmp, {
    target: { address, port, credential: who.attempt.credential },
    objects: task.objects,
    patience,
    signal: io.signal,
    told: who.gathered.varbinds,
    onProgress(done, told) {
      if (!io.interactive) return;
      progress.show(m.cli_capture_progress({ done, objects: task.objects.length, told }, { locale: io.locale }));
    },
  });
  progress.clear();
  if (io.signal.aborted) {
    io.stderr(`${m.cli_capture_stopped({}, { locale: io.locale })}\n`);
    return EXIT.failed;
  }
  const interpret = (answered: readonly Varbind[]) =>
    interpretInDetail({
      driver: who.driver,
      answers: answersOf(answered, { asked: task.objects }),
      asked: PARTS,
      address,
      port,
      takenAt: isoInstant(tools.clock.now()),
    });
  const redacted = redactCarefully(varbinds, interpret, { address, key: systemRandom().bytes(32) });
  try {
    writeFileSync(task.file, encodeSnmprec(redacted.varbinds), { flag: task.force ? 'w' : 'wx' });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return refuse(
      io,
      code === 'EEXIST' ? exists(task.file, io) : fault('fileUnusable', { path: task.file, detail: message }),
    );
  }
  const [first] = interpret(varbinds);
  const machine = [first?.reading.identity?.manufacturer, first?.reading.identity?.model].filter((name) => name);
  const values = redacted.varbinds.length;
  const told = { file: task.file, values, objects: task.objects.length, driver: who.driver.name };
  if (task.json) {
    const capture = { ...told, machine: machine.join(' '), unfinished, readsTheSame: redacted.same };
    io.stdout(`${JSON.stringify({ capture })}\n`);
  }
  io.stderr(`${m.cli_capture_written({ ...told, machine: machine.join(' ') || '?' }, { locale: io.locale })}\n`);
  if (unfinished.length > 0) {
    io.stderr(`${m.cli_capture_unfinished({ count: unfinished.length }, { locale: io.locale })}\n`);
  }
  if (!redacted.same) io.stderr(`${m.cli_capture_differs({}, { locale: io.locale })}\n`);
  return EXIT.done;
}
