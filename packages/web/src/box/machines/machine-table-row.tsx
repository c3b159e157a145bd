/** One row of the table, drawn again only when what it shows has changed. */
import { m } from '@rsb/messages';
import { Component } from 'preact';
import { Checkbox } from '../../components/Checkbox.tsx';
import type { MachineActions } from './actions.ts';
import type { ColumnId } from './columns.ts';
import { MachineCell } from './machine-cells.tsx';
import type { MachineRow } from './machine-row.ts';

export interface MachineTableRowProps {
  readonly row: MachineRow;
  /** Its place among all rows, from 1, the head included. */
  readonly index: number;
  /** Ids of the columns shown, with spaces. */
  readonly columns: string;
  readonly locale: 'en' | 'fr' | 'de';
  readonly now: number;
  readonly lostAt: number | null;
  readonly isSelected: boolean;
  readonly signedIn: boolean;
  readonly onSelect: (id: string, on: boolean, shift: boolean) => void;
  readonly actions: MachineActions;
}

export class MachineTableRow extends Component<MachineTableRowProps> {
  override shouldComponentUpdate(next: MachineTableRowProps): boolean {
    const before = this.props;
    return (Object.keys(next) as (keyof MachineTableRowProps)[]).some((name) => next[name] !== before[name]);
  }

  override render() {
    const { row, index, columns, isSelected, onSelect, locale, ...cell } = this.props;
    const lost = cell.lostAt !== null;
    const classes = [
      'row',
      isSelected ? 'row-selected' : '',
      row.severity === 'critical' ? 'row-crit' : '',
      row.old || lost ? 'old' : '',
    ];
    const shown = lost && !row.old ? { ...row, old: true } : row;
    return (
      <tr class={classes.filter(Boolean).join(' ')} data-id={row.id} aria-rowindex={index}>
        <td class="col-select">
          <span class="select-box">
            {' '}
            <Checkbox
              checked={isSelected}
              label={m.select_machine({ name: row.name }, { locale })}
              onChange={(on, shift) => onSelect(row.id, on, shift)}
            />
          </span>{' '}
        </td>
        {(columns.split(' ') as ColumnId[]).map((id) =>
          id === 'name' ? (
            <th key={id} scope="row" class={`col-${id} cell-${id}`}>
              <MachineCell id={id} row={shown} {...cell} />
            </th>
          ) : (
            <td key={id} class={`col-${id} cell-${id}`}>
              <MachineCell id={id} row={shown} {...cell} />
            </td>
          ),
        )}
      </tr>
    );
  }
}
