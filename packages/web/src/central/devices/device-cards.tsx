/** Machines where it is narrow: one card each, worst first. */
import { m } from '@rsb/messages';
import { TonerSlots } from '../../components/TonerSlots.tsx';
import { formatCount } from '../../format/count.ts';
import { useLang } from '../../language/language.tsx';
import { devicePath } from '../router.ts';
import { StateCell, SupplyCell } from './device-cells.tsx';
import type { DeviceRow } from './device-row.ts';

const RANK = { critical: 0, warning: 1 } as const;
const rank = (row: DeviceRow) => (row.severity === null ? 2 : RANK[row.severity]);

export function DeviceCards({ rows, now }: { readonly rows: readonly DeviceRow[]; readonly now: number }) {
  const ordered = [...rows].sort((a, b) => rank(a) - rank(b));
  return (
    <ul class="device-cards panel">
      {ordered.map((row) => (
        <li key={row.id}>
          <DeviceCard row={row} now={now} />
        </li>
      ))}
    </ul>
  );
}

function DeviceCard({ row, now }: { readonly row: DeviceRow; readonly now: number }) {
  const lang = useLang();
  const { device } = row;
  const about = [
    [device.identity?.manufacturer, device.identity?.model].filter(Boolean).join(' '),
    row.location,
    device.serviceId,
  ].filter(Boolean);
  const life = row.life.first ?? row.life.second ?? null;
  return (
    <a
      class={`device-card${row.severity === 'critical' ? ' device-card-crit' : ''}${row.old ? ' old' : ''}`}
      href={devicePath(device.customer, device.id)}
    >
      <b>{row.name}</b>
      {(row.state.severity !== null || row.supply.severity === null) && <StateCell row={row} now={now} inline />}
      {row.supply.severity !== null && <SupplyCell row={row} inline />}
      <span class="second">{about.join(', ')}</span>
      <span class="device-card-values">
        <TonerSlots slots={row.slots} old={row.old} lang={lang} />
        <span class="device-card-life">
          <span class="num">{life === null ? '?' : formatCount(life, lang)}</span>
          <span class="second">{m.counter_life_small({}, lang)}</span>
        </span>
      </span>
    </a>
  );
}
