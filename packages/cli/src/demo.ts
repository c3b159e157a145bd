/**
 * `rsb demo`: the whole path on this machine, through the doors that a technician and a real box use.
 *
 *   simulated site ──SNMP──▶ box ──HTTP──▶ central
 */
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { prepare, type RunningCentral, startCentral } from '@rsb/central';
import type { Filled } from '@rsb/central/demo/fill-past';
import type { Fault } from '@rsb/contract';
import { m } from '@rsb/messages';
import { wordFault } from '@rsb/messages/fault';
import { fastClock, type Outcome, silentLog, success, systemClock, systemRandom } from '@rsb/runtime';
import { seedServiceIds, seedSite } from '@rsb/simulator';
import { doFirstStart } from './demo/first-start.ts';
import { httpClient } from './demo/http-client.ts';
import { fillFleet } from './demo/past.ts';
import { takeFolder } from './folder.ts';
import { type Command, type CommandIo, EXIT } from './io.ts';
import { parseOptions, parseWhole, refuse } from './options.ts';
import { CENTRAL_PORT, DEMO_BOX_PORT } from './ports.ts';
import { progressLine } from './progress-line.ts';
import { runBox } from './run-box.ts';
import { bindSite } from './site.ts';
import { aborted } from './stop.ts';
import { webRoot } from './web-root.ts';

const RANGES = ['127.0.10.0/24', '127.0.7.0/24', '127.0.17.0/24'];
const USER = 'demo';

interface DemoOptions {
  readonly boxPort: number;
  readonly centralPort: number;
  readonly speed: number;
  /** A fleet with a past beside the site that lives; null: the site alone. */
  readonly fleet: { readonly customers: number; readonly months: number } | null;
}

/** What to undo at the end, last first. */
type Undo = (() => unknown)[];

export const demo: Command = async (args, io) => {
  const parsed = parseOptions(args, {
    'box-port': { type: 'string', default: String(DEMO_BOX_PORT) },
    'central-port': { type: 'string', default: String(CENTRAL_PORT) },
    speed: { type: 'string', default: '1' },
    fleet: { type: 'boolean', default: false },
    customers: { type: 'string', default: '40' },
    months: { type: 'string', default: '18' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  });
  if (!parsed.ok) return refuse(io, parsed.error);
  const { values } = parsed.value;
  if (values.help) {
    io.stdout(`${m.cli_demo_usage({}, { locale: io.locale })}\n`);
    return EXIT.done;
  }
  const boxPort = parseWhole('box-port', values['box-port'], 0, 65535);
  if (!boxPort.ok) return refuse(io, boxPort.error);
  const centralPort = parseWhole('central-port', values['central-port'], 0, 65535);
  if (!centralPort.ok) return refuse(io, centralPort.error);
  const speed = parseWhole('speed', values.speed, 1, 100_000);
  if (!speed.ok) return refuse(io, speed.error);

  const customers = parseWhole('customers', values.customers, 1, 1000);
  if (!customers.ok) return refuse(io, customers.error);
  const months = parseWhole('months', values.months, 1, 60);
  if (!months.ok) return refuse(io, months.error);

  const undo: Undo = [];
  try {
    const fleet = values.fleet ? { customers: customers.value, months: months.value } : null;
    const options = { boxPort: boxPort.value, centralPort: centralPort.value, speed: speed.value, fleet };
    const ready = await startDemo(options, io, undo);
    if (!ready.ok) {
      if (ready.error.code === 'portTaken') return refuse(io, ready.error);
      io.stderr(`rsb: ${m.cli_demo_failed({ detail: wordFault(ready.error, io.locale) }, { locale: io.locale })}\n`);
      return EXIT.failed;
    }
    const { boxUrl, centralUrl, password, port, printers, arrived } = ready.value;
    if (values.json) {
      const line = { box: { url: boxUrl }, central: { url: centralUrl }, user: USER, password, simulator: { port } };
      io.stdout(`${JSON.stringify(line)}\n`);
    } else {
      const said = { boxUrl, centralUrl, password, user: USER, printers, arrived };
      io.stdout(`\n${m.cli_demo_ready(said, { locale: io.locale })}\n`);
    }
    await aborted(io.signal);
    return EXIT.done;
  } catch (error) {
    if (io.signal.aborted) return EXIT.done;
    throw error;
  } finally {
    for (const step of undo.reverse()) await step();
  }
};

interface Ready {
  readonly boxUrl: string;
  readonly centralUrl: string;
  readonly password: string;
  readonly port: number;
  readonly printers: number;
  readonly arrived: number;
}

async function fill(
  central: RunningCentral,
  size: { readonly customers: number; readonly months: number },
  zone: string,
  io: CommandIo,
): Promise<void> {
  const line = progressLine(io);
  const words = { locale: io.locale };
  const show = ({ customers, machines, readings }: Filled) =>
    line.show(m.cli_demo_filling({ customers, all: size.customers, machines, readings }, words));
  show({ customers: 0, boxes: 0, machines: 0, readings: 0 });
  show(await fillFleet(central, { ...size, zone }, show, io.signal));
  io.stderr('\n');
}

async function startDemo(options: DemoOptions, io: CommandIo, undo: Undo): Promise<Outcome<Ready, Fault>> {
  const machineClock = systemClock();
  const clock = fastClock(machineClock, options.speed);
  const random = systemRandom();
  const log = silentLog();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const password = Buffer.from(random.bytes(9)).toString('base64url');
  const data = resolve('.demo');
  rmSync(data, { recursive: true, force: true });

  const site = await bindSite(seedSite({ live: { clock, random, speed: 1, zone } }), 0);
  if (!site.ok) return site;
  undo.push(() => site.value.close());
  io.stderr(`${m.cli_demo_site({ port: site.value.port }, { locale: io.locale })}\n`);
  io.stderr(`${m.cli_demo_rate({}, { locale: io.locale })}\n`);

  const centralFolder = takeFolder(join(data, 'central'));
  if (!centralFolder.ok) return centralFolder;
  undo.push(() => centralFolder.value.release());
  const central = await startCentral({
    folder: centralFolder.value,
    host: '127.0.0.1',
    port: options.centralPort,
    clock,
    random,
    log,
    webRoot: webRoot('central'),
  });
  if (!central.ok) return central;
  undo.push(() => central.value.close());
  const centralUrl = central.value.url.replace('127.0.0.1', 'localhost');
  const prepared = await prepare(central.value, {
    dealer: 'OfficePartner',
    user: USER,
    password,
    customer: 'Transports Riehl',
  });
  if (!prepared.ok) return prepared;

  if (options.fleet) await fill(central.value, options.fleet, zone, io);

  const boxFolder = takeFolder(join(data, 'box'));
  if (!boxFolder.ok) return boxFolder;
  undo.push(() => boxFolder.value.release());
  const box = await runBox(
    { folder: boxFolder.value, host: '127.0.0.1', port: options.boxPort, clock, random, log },
    io,
  );
  if (!box.ok) return box;
  undo.push(() => box.value.close());

  io.stderr(`${m.cli_demo_scanning({}, { locale: io.locale })}\n`);
  const scanned = await doFirstStart(
    httpClient(box.value.url),
    {
      setupCode: box.value.setupCode ?? '',
      password,
      person: USER,
      ranges: RANGES,
      snmpPort: site.value.port,
      zone,
      central: { url: centralUrl, code: prepared.value.code },
      serviceIds: new Map(seedServiceIds.map(({ serialNumber, serviceId }) => [serialNumber, serviceId])),
    },
    machineClock,
    io.signal,
  );
  if (!scanned.ok) return scanned;
  return success({ boxUrl: box.value.url, centralUrl, password, port: site.value.port, ...scanned.value });
}
