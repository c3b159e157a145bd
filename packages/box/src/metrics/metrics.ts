/** The printers and the box as Prometheus reads them. What is not told has no sample: there is no zero for unknown. */
import type { DeviceView, Counter as ExactCounter, HealthView } from '@rsb/contract';
import { Counter, Gauge, Registry } from 'prom-client';

export interface MetricsParts {
  readonly devices: readonly DeviceView[];
  readonly health: HealthView;
  readonly agent: string | null;
  readonly today: { readonly payloads: number; readonly bytes: number };
}

export interface MetricsText {
  readonly type: string;
  readonly text: string;
}

/** Made anew at each call: a machine that is gone leaves no sample behind. */
export async function metricsText(parts: MetricsParts): Promise<MetricsText> {
  const register = new Registry();
  addPrinters(register, parts.devices);
  addBox(register, parts);
  return { type: register.contentType, text: await register.metrics() };
}

const FUNCTIONS = ['total', 'print', 'copy', 'fax', 'scan'] as const;
const COLORS = ['all', 'mono', 'color'] as const;
/** Beyond 2^53 a counter is a decimal string; Prometheus holds floats whatever is sent. */
const numberOf = (value: ExactCounter): number => Number(value);
const secondsOf = (at: string): number => Date.parse(at) / 1000;

function addPrinters(register: Registry, devices: readonly DeviceView[]): void {
  const registers = [register];
  const gauge = <const L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Gauge({ name: `rsb_printer_${name}`, help, labelNames, registers });
  const info = gauge('info', 'Always 1; what the machine is.', [
    'device',
    'manufacturer',
    'model',
    'serial_number',
    'address',
    'location',
    'group',
    'service_id',
  ]);
  const monitored = gauge('monitored', '1 where the machine is read and sent.', ['device']);
  const presence = gauge('presence', '1 for the state that holds: answering, asleep, silent.', ['device', 'state']);
  const lastSeen = gauge('last_seen_timestamp_seconds', 'When the machine answered last.', ['device']);
  const taken = gauge('reading_timestamp_seconds', 'When a part of the values was read.', ['device', 'part']);
  const state = gauge('state', '1 for the state that the machine told last.', ['device', 'state']);
  const errors = gauge('error', '1 for each error that the machine tells.', ['device', 'error']);
  const alerts = gauge('alerts', 'Alerts in the machine, by severity.', ['device', 'severity']);
  const level = gauge('supply_level_percent', 'What is left; of a waste container the space left.', [
    'device',
    'supply',
    'type',
    'color',
  ]);
  const supplyState = gauge('supply_state', '1 for the state that holds.', [
    'device',
    'supply',
    'type',
    'color',
    'state',
  ]);
  const life = gauge('life_count', "The machine's own total, in its own unit.", ['device', 'source', 'unit']);
  const pages = new Counter({
    name: 'rsb_printer_pages_total',
    help: 'Impressions by function and color, as the machine counts them.',
    labelNames: ['device', 'function', 'color'],
    registers,
  });
  for (const device of devices) {
    const { id } = device;
    info.set(
      {
        device: id,
        manufacturer: device.manufacturer ?? '',
        model: device.model ?? '',
        serial_number: device.serialNumber ?? '',
        address: device.address,
        location: device.locationNote ?? device.location ?? '',
        group: device.group ?? '',
        service_id: device.serviceId ?? '',
      },
      1,
    );
    monitored.set({ device: id }, Number(device.monitored));
    presence.set({ device: id, state: device.presence.state }, 1);
    lastSeen.set({ device: id }, secondsOf(device.lastSeen));
    if (device.status) {
      taken.set({ device: id, part: 'status' }, secondsOf(device.status.takenAt));
      state.set({ device: id, state: device.status.value.state }, 1);
      for (const error of device.status.value.errors) errors.set({ device: id, error }, 1);
    }
    if (device.alerts) {
      taken.set({ device: id, part: 'alerts' }, secondsOf(device.alerts.takenAt));
      for (const severity of ['critical', 'warning', 'info']) {
        const count = device.alerts.value.filter((alert) => alert.severity === severity).length;
        alerts.set({ device: id, severity }, count);
      }
    }
    if (device.supplies) {
      taken.set({ device: id, part: 'supplies' }, secondsOf(device.supplies.takenAt));
      for (const { index: supply, type, color, percent, state: told } of device.supplies.value) {
        const labels = { device: id, supply, type, color: color ?? '' };
        if (percent !== null) level.set(labels, percent);
        supplyState.set({ ...labels, state: told }, 1);
      }
    }
    if (device.counters) {
      taken.set({ device: id, part: 'counters' }, secondsOf(device.counters.takenAt));
      const { value } = device.counters;
      const unit = value.lifeUnit ?? '';
      if (value.life !== null) life.set({ device: id, source: 'standard', unit }, numberOf(value.life));
      if (value.vendorLife !== null) life.set({ device: id, source: 'vendor', unit: '' }, numberOf(value.vendorLife));
      for (const of of FUNCTIONS) {
        for (const color of COLORS) {
          const count = value[of][color];
          if (count !== null) pages.inc({ device: id, function: of, color }, numberOf(count));
        }
      }
    }
  }
}

function addBox(register: Registry, { health, agent, today }: MetricsParts): void {
  const registers = [register];
  const set = (name: string, help: string, value: number | null) => {
    if (value !== null) new Gauge({ name: `rsb_box_${name}`, help, registers }).set(value);
  };
  const at = (text: string | null): number | null => (text === null ? null : secondsOf(text));
  new Gauge({
    name: 'rsb_box_info',
    help: 'Always 1; what the box is.',
    labelNames: ['version', 'agent', 'node'],
    registers,
  }).set({ version: health.versions.box, agent: agent ?? '', node: health.versions.node }, 1);
  const { central, storage, machines, clock } = health;
  set('start_timestamp_seconds', 'When the box was started.', secondsOf(health.startedAt));
  set('memory_bytes', 'Memory of the process.', health.memoryBytes);
  set('central_reached', '1 where the last report brought a receipt.', Number(central.state === 'reached'));
  set('central_last_receipt_timestamp_seconds', "When central's last receipt came.", at(central.lastReached));
  set('outbox_waiting_items', 'Items that wait for central.', central.waiting);
  set('outbox_waiting_bytes', 'Bytes that wait for central.', central.waitingBytes);
  set('outbox_quarantined_items', 'Items that central put aside.', central.quarantined);
  set('sent_today_payloads', 'Reports that left today.', today.payloads);
  set('sent_today_bytes', 'Bytes that left today, compressed.', today.bytes);
  set('clock_offset_seconds', "How far the box's clock is ahead of central's.", clock.offset);
  set('storage_free_bytes', 'Free on the disk of the data folder.', storage.freeBytes);
  set('storage_store_bytes', 'Size of the store.', storage.storeBytes);
  set('machines', 'Machines that the box knows.', machines.known);
  set('machines_monitored', 'Machines that are read.', machines.monitored);
  set('last_scan_timestamp_seconds', 'When the last scan ended.', at(health.lastScan?.finishedAt ?? null));
  set('last_read_timestamp_seconds', 'When a machine was read last.', at(health.lastRead));
}
