/** `rsb simulate`: the seed's site, or a folder of captures, answering SNMP on this machine alone. */
import { type Fault, fault } from '@rsb/contract';
import { m } from '@rsb/messages';
import { failure, type Outcome, success, systemClock } from '@rsb/runtime';
import { capturesSite, type Machine, seedSite, startSite } from '@rsb/simulator';
import { existsSync, statSync } from 'node:fs';
import { type Command, EXIT } from './io.ts';
import { parseOptions, parseWhole, refuse } from './options.ts';
import { aborted } from './stop.ts';

export const simulate: Command = async (args, io) => {
  const parsed = parseOptions(args, {
    port: { type: 'string', default: '0' },
    live: { type: 'boolean', default: false },
    speed: { type: 'string' },
    captures: { type: 'string' },
    community: { type: 'string', default: 'public' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  });
  if (!parsed.ok) return refuse(io, parsed.error);
  const { values } = parsed.value;
  if (values.help) {
    io.stdout(`${m.cli_simulate_usage({}, { locale: io.locale })}\n`);
    return EXIT.done;
  }
  const port = parseWhole('port', values.port, 0, 65535);
  if (!port.ok) return refuse(io, port.error);
  const speed = values.speed === undefined ? success(1) : parseWhole('speed', values.speed, 1, 100_000);
  if (!speed.ok) return refuse(io, speed.error);
  const clock = systemClock();
  const machines = machinesOf(values.captures, values.live || values.speed !== undefined, speed.value);
  if (!machines.ok) return refuse(io, machines.error);
  const site = await startSite({ machines: machines.value, port: port.value, clock, community: values.community });
  if (!site.ok) return refuse(io, site.error);
  for (const { address, name } of machines.value) {
    io.stdout(values.json ? `${JSON.stringify({ address, name, port: site.value.port })}\n` : `${address} ${name}\n`);
  }
  io.stderr(`${m.cli_simulate_running({ count: machines.value.length, port: site.value.port }, { locale: io.locale })}\n`);
  await aborted(io.signal);
  await site.value.close();
  return EXIT.done;

  function machinesOf(captures: string | undefined, live: boolean, factor: number): Outcome<readonly Machine[], Fault> {
    if (captures === undefined) return success(seedSite(live ? { live: { clock, speed: factor, seed: 1 } } : {}));
    if (!existsSync(captures) || !statSync(captures).isDirectory()) {
      return failure(fault('fileUnusable', { path: captures, detail: 'not a folder' }));
    }
    return success(capturesSite(captures));
  }
};
