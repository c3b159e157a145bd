/** `rsb doctor`: what is missing on this machine, and what follows from it. Exit 1 where a box could not run. */
import { createClockOffset, runChecks } from '@rsb/box/health/index';
import { type ConnectStep, checkLine, openLine } from '@rsb/box/line/index';
import { systemSurroundings } from '@rsb/box/line-check/index';
import type { Fault } from '@rsb/contract';
import { m } from '@rsb/messages';
import { type Clock, dataFolderPath, type Outcome, systemClock } from '@rsb/runtime';
import { type Command, EXIT } from './io.ts';
import { parseOptions, parseWhole, refuse } from './options.ts';
import { defaultBoxPort } from './ports.ts';

export const doctor: Command = async (args, io) => {
  const parsed = parseOptions(args, {
    port: { type: 'string' },
    data: { type: 'string' },
    central: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  });
  if (!parsed.ok) return refuse(io, parsed.error);
  const { values } = parsed.value;
  if (values.help) {
    io.stdout(`${m.cli_doctor_usage({}, { locale: io.locale })}\n`);
    return EXIT.done;
  }
  const port = parseWhole('port', values.port ?? String(defaultBoxPort()), 1, 65535);
  if (!port.ok) return refuse(io, port.error);
  const clock = systemClock();
  const url = values.central;
  const offset = createClockOffset(clock);
  const findings = await runChecks({
    locale: io.locale,
    clock,
    env: io.env,
    port: { number: port.value, isOurs: false },
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    folder: dataFolderPath('box', values.data, io.env),
    line: {
      around: systemSurroundings(),
      central:
        url === undefined
          ? null
          : {
              url,
              proxy: null,
              connect: (onStep) => checkCentral(url, clock, onStep, offset.note),
              offset: () => offset.view().offset,
            },
    },
  });
  const marks = { ok: '✓', limits: '!', fails: '✗', skipped: '–' } as const;
  for (const finding of findings) {
    io.stdout(values.json ? `${JSON.stringify(finding)}\n` : `${marks[finding.state]} ${finding.text}\n`);
  }
  return findings.some(({ state }) => state === 'fails') ? EXIT.failed : EXIT.done;
};

async function checkCentral(
  url: string,
  clock: Clock,
  onStep: (step: ConnectStep) => void,
  onDate: (date: string) => void,
): Promise<Outcome<null, Fault>> {
  const line = openLine({ url, clock, onStep, onDate });
  if (!line.ok) return line;
  try {
    return await checkLine(line.value);
  } finally {
    await line.value.close();
  }
}
