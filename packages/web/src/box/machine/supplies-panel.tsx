/** The picture of a machine's supplies, when each was replaced, and in a table all that the machine tells of them. */
import type { DeviceView, MachineEvent, Supply } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { Panel } from '../../components/Panel.tsx';
import { SupplyList } from '../../components/SupplyList.tsx';
import { WideScroll } from '../../components/WideScroll.tsx';
import { formatCount } from '../../format/count.ts';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { supplyKeys } from '../../reading/supply-keys.ts';
import { supplyOrder } from '../../reading/supply-order.ts';
import { supplyName, supplyStateWord } from '../../reading/supply-words.ts';
import { NotRead, PartAge } from './part-age.tsx';

/** Below it the year goes without saying. */
const YEAR = 300 * 86_400_000;

export interface SuppliesPanelProps {
  readonly device: DeviceView;
  readonly events: readonly MachineEvent[];
  readonly mark: number;
  readonly old: boolean;
  readonly now: number;
}

export function SuppliesPanel({ device, events, mark, old, now }: SuppliesPanelProps) {
  const lang = useLang();
  const dates = useDates();
  const [details, setDetails] = useState(false);
  const supplies = device.supplies?.value ?? [];
  const keys = supplyKeys(supplies);
  const replaced = new Map<Supply, string>();
  supplies.forEach((supply, at) => {
    // Newest first: the last time counts.
    const event = events.find(({ event: name, detail }) => name === 'supplyReplaced' && detail['supply'] === keys[at]);
    if (!event) return;
    const { from } = event.detail;
    const day = now - Date.parse(event.at) < YEAR ? dates.day(event.at) : dates.date(event.at);
    replaced.set(supply, from ? m.supply_replaced_at({ day, percent: from }, lang) : m.supply_replaced({ day }, lang));
  });
  return (
    <Panel title={m.supplies({}, lang)} fact={<PartAge part={device.supplies} now={now} />} flush>
      {device.supplies === null ? (
        <NotRead group="supplies" />
      ) : supplies.length === 0 ? (
        <p class="panel-body fact">{m.supplies_none_told({}, lang)}</p>
      ) : (
        <>
          <SupplyList
            supplies={supplyOrder(supplies)}
            mark={mark}
            old={old}
            note={(supply) => replaced.get(supply) ?? null}
          />
          {details && <SupplyTable supplies={supplies} />}
          <div class="panel-foot no-print">
            <span class="hint">{m.supplies_mark({ mark }, lang)}</span>
            <Button small kind="quiet" icon="table" onClick={() => setDetails(!details)}>
              {details ? m.fewer_details({}, lang) : m.more_details({}, lang)}
            </Button>
          </div>
        </>
      )}
    </Panel>
  );
}

function SupplyTable({ supplies }: { readonly supplies: readonly Supply[] }) {
  const lang = useLang();
  const told = (value: string | number | null) =>
    value === null || value === '' ? <span class="none">{m.not_told({}, lang)}</span> : value;
  const count = (value: number | null) => told(value === null ? null : formatCount(value, lang));
  return (
    <WideScroll label={m.supplies({}, lang)}>
      <table class="plain-table supply-table">
        <thead>
          <tr>
            <th scope="col">{m.supply_row({}, lang)}</th>
            <th scope="col">{m.supply({}, lang)}</th>
            <th scope="col">{m.state({}, lang)}</th>
            <th scope="col" class="cell-numeric">
              {m.supply_level({}, lang)}
            </th>
            <th scope="col" class="cell-numeric">
              {m.supply_capacity({}, lang)}
            </th>
            <th scope="col">{m.supply_unit({}, lang)}</th>
            <th scope="col">{m.part_number({}, lang)}</th>
            <th scope="col">{m.serial_number({}, lang)}</th>
          </tr>
        </thead>
        <tbody>
          {supplies.map((supply) => (
            <tr key={supply.index}>
              <td class="num">{supply.index}</td>
              <th scope="row">{supplyName(supply, lang)}</th>
              <td>{supplyStateWord(supply, lang)}</td>
              <td class="cell-numeric">{count(supply.level)}</td>
              <td class="cell-numeric">{count(supply.capacity)}</td>
              <td>{told(supply.unit)}</td>
              <td class="serial">{told(supply.partNumber)}</td>
              <td class="serial">{told(supply.serialNumber)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </WideScroll>
  );
}
