/** `rsb box`: the machine in the customer's network. */
import { m } from '@rsb/messages';
import { dataFolderPath, systemClock, systemRandom } from '@rsb/runtime';
import { takeFolder } from './folder.ts';
import { type Command, EXIT } from './io.ts';
import { logOf } from './log-level.ts';
import { parseOptions, parseWhole, refuse } from './options.ts';
import { defaultBoxPort } from './ports.ts';
import { runBox } from './run-box.ts';
import { aborted } from './stop.ts';

export const box: Command = async (args, io) => {
  const parsed = parseOptions(args, {
    port: { type: 'string', default: String(defaultBoxPort()) },
    host: { type: 'string', default: '0.0.0.0' },
    data: { type: 'string' },
    settings: { type: 'string' },
    'reset-code': { type: 'boolean', default: false },
    log: { type: 'string', default: 'info' },
    help: { type: 'boolean', short: 'h', default: false },
  });
  if (!parsed.ok) return refuse(io, parsed.error);
  const { values } = parsed.value;
  if (values.help) {
    io.stdout(`${m.cli_box_usage({}, { locale: io.locale })}\n`);
    return EXIT.done;
  }
  const port = parseWhole('port', values.port, 0, 65535);
  if (!port.ok) return refuse(io, port.error);
  const log = logOf(values.log);
  if (!log.ok) return refuse(io, log.error);
  const folder = takeFolder(dataFolderPath('box', values.data, io.env));
  if (!folder.ok) return refuse(io, folder.error);
  const running = await runBox(
    {
      folder: folder.value,
      host: values.host,
      port: port.value,
      clock: systemClock(),
      random: systemRandom(),
      log: log.value,
      resetCode: values['reset-code'],
      ...(values.settings === undefined ? {} : { settingsFile: values.settings }),
    },
    io,
  );
  if (!running.ok) {
    folder.value.release();
    return refuse(io, running.error);
  }
  const { url, setupCode, fingerprint } = running.value;
  io.stdout(`${m.cli_box_running({ url }, { locale: io.locale })}\n`);
  const secureUrl = url.replace(
    /^http:\/\/([^/:]+|\[[^\]]+\])(:\d+)?$/,
    (_, host, port) => `https://${host}${port ?? ':80'}`,
  );
  io.stdout(`${m.cli_box_secure({ url: secureUrl, fingerprint }, { locale: io.locale })}\n`);
  if (setupCode !== null) io.stdout(`${m.cli_box_setup_code({ code: setupCode }, { locale: io.locale })}\n`);
  await aborted(io.signal);
  await running.value.close();
  folder.value.release();
  return EXIT.done;
};
