/** Cells of a device that table, cards and the device's own page share. */
import { m } from '@rsb/messages';
import { StateWord } from '../../components/StateWord.tsx';
import { TonerLevel } from '../../components/TonerLevel.tsx';
import { ageOf, ageText } from '../../format/age.ts';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { alertDetail, machineWord } from '../../reading/machine-state.ts';
import { supplyDetail, supplyWord } from '../../reading/supply-state.ts';
import type { DeviceRow } from './device-row.ts';

export interface DeviceCellProps {
  readonly row: DeviceRow;
  readonly now: number;
  readonly inline?: boolean;
}

export function StateCell({ row, now, inline = false }: DeviceCellProps) {
  const lang = useLang();
  const dates = useDates();
  const { state, readAt } = row;
  const common = { word: machineWord(state, lang), severity: state.severity, inline, old: row.old };
  if (row.old && readAt !== null) {
    const dated = ageOf(readAt, now).unit === 'date';
    const detail = dated
      ? m.values_from({ day: dates.day(readAt) }, lang)
      : m.values_old({ age: ageText(readAt, now, dates, lang) }, lang);
    const icon = state.severity === null ? 'clock' : state.icon;
    return <StateWord {...common} icon={icon} detail={detail} detailTitle={dates.full(readAt)} />;
  }
  const detail = alertDetail(state, row.device.alerts?.value ?? null, lang);
  return <StateWord {...common} icon={state.icon} detail={detail?.text} detailTitle={detail?.text} />;
}

export function SupplyCell({ row, inline = false }: Omit<DeviceCellProps, 'now'>) {
  const lang = useLang();
  const { supply } = row;
  return (
    <StateWord
      icon={supply.severity === null ? null : 'droplet'}
      word={supplyWord(supply, lang)}
      severity={supply.severity}
      detail={supplyDetail(supply, lang)}
      old={row.old}
      inline={inline}
    />
  );
}

/** State and supplies in one cell: the graver one first, the other below it. */
export function ConditionCell({ row, now }: Omit<DeviceCellProps, 'inline'>) {
  const lang = useLang();
  const { state, supply } = row;
  const supplyFirst = supply.severity !== null && (state.severity === null || supply.severity === 'critical');
  if (!supplyFirst || (row.old && state.severity !== null)) return <StateCell row={row} now={now} />;
  const what = supplyDetail(supply, lang);
  const word = supplyWord(supply, lang);
  return (
    <StateWord
      icon="droplet"
      word={what === null ? word : m.supply_which({ word, supplies: what }, lang)}
      severity={supply.severity}
      detail={machineWord(state, lang)}
      old={row.old}
    />
  );
}

export function WasteCell({ row }: { readonly row: DeviceRow }) {
  const lang = useLang();
  const { waste } = row;
  if (!waste) return <span class="cell-first none">{row.device.supplies ? '–' : '?'}</span>;
  if (waste.shown === 'some')
    return (
      <span class="cell-first none">{waste.low ? m.supplies_waste_near_full({}, lang) : m.supplies_ok({}, lang)}</span>
    );
  if (waste.shown === 'unknown') return <span class="cell-first none">?</span>;
  return <TonerLevel level={waste} old={row.old} />;
}
