/** The machines that the filters leave, in the order of the list, as CSV or as a workbook. */
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import type { Observable } from '../../api/observable.ts';
import { Icon } from '../../components/Icon.tsx';
import { Menu, MenuItem } from '../../components/Menu.tsx';
import type { FileKind } from '../../export/file-table.ts';
import { formatCount } from '../../format/count.ts';
import { useDates } from '../../format/dates-context.tsx';
import { prepareRest, useLang } from '../../language/language.tsx';
import { useBoxView, useNow } from '../box-context.tsx';
import type { ListView } from './list-view.ts';
import type { MachineRow } from './machine-row.ts';
import { sortedRows } from './row-order.ts';

export interface ExportMenuProps {
  /** Those that the filters leave. */
  readonly rows: readonly MachineRow[];
  readonly view: Observable<ListView>;
  readonly onFailure: (words: string) => void;
}

export function ExportMenu({ rows, view, onFailure }: ExportMenuProps) {
  const lang = useLang();
  const dates = useDates();
  const box = useBoxView();
  const now = useNow(60_000);
  const [busy, setBusy] = useState(false);
  const save = async (kind: FileKind) => {
    setBusy(true);
    try {
      const [{ machineFile, saveTable }] = await Promise.all([import('../export/index.ts'), prepareRest(lang.locale)]);
      const name = [m.tab_machines({}, lang), box.customer, dates.sortable(now).slice(0, 10)].filter(Boolean).join(' ');
      const sorted = sortedRows(rows, view.get().sorting);
      await saveTable(machineFile(name, sorted, { lang, dates, mark: box.supplyMark }), kind, lang.locale);
    } catch {
      onFailure(m.export_failed({}, lang));
    } finally {
      setBusy(false);
    }
  };
  const fact = formatCount(rows.length, lang);
  return (
    <Menu
      align="right"
      button={
        <>
          <Icon name={busy ? 'loader-circle' : 'download'} {...(busy ? { class: 'icon-turning' } : {})} />
          {m.export_list({}, lang)}
        </>
      }
    >
      <MenuItem onChoose={() => void save('xlsx')} fact={fact}>
        Excel (XLSX)
      </MenuItem>
      <MenuItem onChoose={() => void save('csv')} fact={fact}>
        CSV
      </MenuItem>
    </Menu>
  );
}
