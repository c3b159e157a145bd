/** The `rsb` command: one file a subcommand, loaded only when it is asked for. */
import { localeFrom, m } from '@rsb/messages';
import { type Command, type CommandIo, EXIT, type ExitCode } from './io.ts';

const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  scan: async () => (await import('./scan.ts')).scan,
  read: async () => (await import('./read.ts')).read,
  test: async () => (await import('./test.ts')).test,
  capture: async () => (await import('./capture.ts')).capture,
  box: async () => (await import('./box.ts')).box,
  central: async () => (await import('./central.ts')).central,
  demo: async () => (await import('./demo.ts')).demo,
  simulate: async () => (await import('./simulate.ts')).simulate,
  replay: async () => (await import('./replay.ts')).replay,
  doctor: async () => (await import('./doctor.ts')).doctor,
};

export async function run(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const [name, ...rest] = args;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    io.stdout(`${m.cli_usage({}, { locale: io.locale })}\n`);
    return name === undefined ? EXIT.usage : EXIT.done;
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!load) {
    io.stderr(
      `${m.cli_unknown_command({ name }, { locale: io.locale })}\n\n${m.cli_usage({}, { locale: io.locale })}\n`,
    );
    return EXIT.usage;
  }
  const command = await load();
  return command(rest, io);
}

/** Entry of the executable: real terminal, real signals. */
export async function main(args: readonly string[]): Promise<void> {
  const abort = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => abort.abort(new Error(signal)));
  // A reader that closes early (`rsb scan … | head`) ends the command, it does not crash it.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT.done);
    throw error;
  });
  process.exitCode = await run(args, {
    stdout: (text) => process.stdout.write(text),
    stderr: (text) => process.stderr.write(text),
    env: process.env,
    locale: localeFrom(process.env['LC_ALL'] || process.env['LC_MESSAGES'] || process.env['LANG']),
    signal: abort.signal,
    interactive: process.stderr.isTTY === true,
  });
}
