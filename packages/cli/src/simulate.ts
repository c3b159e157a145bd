/** `rsb simulate`: the seed's site, or a folder of captures, answering SNMP on this machine alone. */
import { existsSync, statSync } from 'node:fs';
import { type Fault, fault } from '@rsb/contract';
import { m } from '@rsb/messages';
import { failure, type Outcome, success, systemClock, systemRandom } from '@rsb/runtime';
import { capturesSite, type SimulatedMachine, seedSite } from '@rsb/simulator';
import { type Command, EXIT } from './io.ts';
import { parseOptions, parseWhole, refuse } from './options.ts';
import { bindSite } from './site.ts';
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
  const live = values.live || values.speed !== undefined;
  const known = values.captures === undefined ? success(seeded(live, speed.value)) : captured(values.captures);
  if (!known.ok) return refuse(io, known.error);
  const machines = known.value.map((machine) => ({ ...machine, community: values.community }));
  const site = await bindSite(machines, port.value);
  if (!site.ok) return refuse(io, site.error);
  for (const { address, name } of machines) {
    io.stdout(values.json ? `${JSON.stringify({ address, name, port: site.value.port })}\n` : `${address} ${name}\n`);
  }
  io.stderr(`${m.cli_simulate_running({ count: machines.length, port: site.value.port }, { locale: io.locale })}\n`);
  await aborted(io.signal);
  await site.value.close();
  return EXIT.done;
};

function seeded(live: boolean, speed: number): readonly SimulatedMachine[] {
  if (!live) return seedSite();
  const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
  return seedSite({ live: { clock: systemClock(), random: systemRandom(), speed, zone } });
}

function captured(folder: string): Outcome<readonly SimulatedMachine[], Fault> {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    return failure(fault('fileUnusable', { path: folder, detail: 'not a folder' }));
  }
  const { machines } = capturesSite(folder);
  return machines.length > 0
    ? success(machines)
    : failure(fault('fileUnusable', { path: folder, detail: 'no .snmprec file in it' }));
}
