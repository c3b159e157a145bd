/** Who a machine is: what it says of itself, and what central knows of it. */
import type { CentralDeviceView, DeviceKind } from '@rsb/contract';
import { m } from '@rsb/messages';
import { wordKind } from '@rsb/messages/value-words';
import type { ComponentChildren } from 'preact';
import { Panel } from '../../components/Panel.tsx';
import { formatCount } from '../../format/count.ts';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { boxPath } from '../router.ts';

const KINDS: readonly DeviceKind[] = ['printer', 'mfp', 'labelPrinter', 'printServer'];

export function IdentityPanel({ device, zone }: { readonly device: CentralDeviceView; readonly zone: string }) {
  const lang = useLang();
  const dates = useDates();
  const { identity } = device;
  const kind = KINDS.find((each) => each === device.kind);
  const told = (value: string | null | undefined, style = '') =>
    value ? <span class={style}>{value}</span> : <span class="none">{m.not_told({}, lang)}</span>;
  const facts: readonly (readonly [string, ComponentChildren])[] = [
    [m.serial_number({}, lang), told(identity?.serialNumber, 'serial')],
    [m.mac_address({}, lang), told(identity?.macAddress?.toUpperCase(), 'num')],
    [m.ip_address({}, lang), told(device.address, 'num')],
    [m.host_name({}, lang), told(identity?.hostName)],
    [m.kind({}, lang), kind ? wordKind(kind, lang.locale) : told(null)],
    [m.manufacturer({}, lang), told(identity?.manufacturer)],
    [m.model({}, lang), told(identity?.model)],
    [m.firmware({}, lang), told(identity?.firmware)],
    [m.asset_number({}, lang), told(identity?.assetNumber)],
    [m.location_of_machine({}, lang), told(identity?.location)],
    [
      m.box({}, lang),
      <a key="box" class="num" href={boxPath(device.customer, device.box)}>
        {device.box}
      </a>,
    ],
    [m.box_zone({}, lang), zone],
    [
      m.first_heard({}, lang),
      <span key="first" class="num" title={dates.full(device.firstHeard)}>
        {dates.longDay(device.firstHeard)}
      </span>,
    ],
    [
      m.last_heard({}, lang),
      <span key="last" class="num" title={dates.full(device.lastHeard)}>
        {dates.longDay(device.lastHeard)} {dates.time(device.lastHeard)}
      </span>,
    ],
    [
      m.readings_archived({}, lang),
      <span key="readings" class="num">
        {formatCount(device.readings, lang)}
      </span>,
    ],
  ];
  return (
    <Panel title={m.identity({}, lang)}>
      <dl class="facts">
        {facts.map(([name, value]) => [<dt key={name}>{name}</dt>, <dd key={`${name} value`}>{value}</dd>])}
      </dl>
    </Panel>
  );
}
