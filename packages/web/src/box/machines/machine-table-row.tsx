/** One row of the table, drawn again only when what it shows has changed. */
import { m } from '@rsb/messages';
import { Component, type VNode } from 'preact';
import { RowCheck } from '../../components/RowCheck.tsx';
import type { ColumnId } from './columns.ts';
import { type CellRules, machineCell } from './machine-cells.tsx';
import type { MachineRow } from './machine-row.ts';
import { CELL, ROW, ROW_HEAD, ROW_HEIGHT, UNSEEN } from './table-roles.ts';

export interface MachineTableRowProps {
  /** null: the element waits for the next row, unseen, and keeps what it showed. */
  readonly row: MachineRow | null;
  /** Its place among the rows of the page, from 0. */
  readonly at: number;
  /** Its place among all rows, from 1, the head included. */
  readonly index: number;
  readonly columns: readonly ColumnId[];
  /** The same object as long as nothing in it has changed. */
  readonly rules: CellRules;
  readonly isSelected: boolean;
  /** Under the pointer, or holds the focus: then it offers what can be done to it. */
  readonly isReached: boolean;
  readonly onSelect: (id: string, on: boolean, shift: boolean) => void;
}

export class MachineTableRow extends Component<MachineTableRowProps> {
  private cells: readonly VNode[] = [];
  private readonly select = (on: boolean, shift: boolean) => {
    if (this.props.row) this.props.onSelect(this.props.row.id, on, shift);
  };

  override shouldComponentUpdate(next: MachineTableRowProps): boolean {
    const { row, at, index, columns, rules, isSelected, isReached } = this.props;
    if (next.row === null) return row !== null;
    return (
      next.row !== row ||
      next.at !== at ||
      next.index !== index ||
      next.columns !== columns ||
      next.rules !== rules ||
      next.isSelected !== isSelected ||
      next.isReached !== isReached
    );
  }

  override render({ row, at, index, columns, rules, isSelected, isReached }: MachineTableRowProps) {
    // Where no row is seen, under the head, as it was: it costs next to nothing until it is used again.
    if (row === null)
      return (
        <tr {...UNSEEN} class="machine-row row-waiting" style={`top:${-ROW_HEIGHT}px`}>
          {this.cells}
        </tr>
      );
    const lost = rules.lostAt !== null;
    const shown = lost && !row.old ? { ...row, old: true } : row;
    const cells: VNode[] = [
      <td {...CELL} key="select" class="cell col-select">
        {' '}
        <RowCheck
          checked={isSelected}
          label={m.select_machine({ name: row.name }, rules.lang)}
          onChange={this.select}
        />{' '}
      </td>,
    ];
    for (const id of columns) {
      const content = machineCell(id, shown, rules, isReached);
      cells.push(
        id === 'name' ? (
          <th {...ROW_HEAD} key={id} scope="row" class="cell col-name cell-name">
            {content}
          </th>
        ) : (
          <td {...CELL} key={id} class={CLASSES[id]}>
            {content}
          </td>
        ),
      );
    }
    this.cells = cells;
    return (
      <tr
        {...ROW}
        class={`machine-row${isSelected ? ' machine-selected' : ''}${row.severity === 'critical' ? ' machine-crit' : ''}${shown.old ? ' old' : ''}`}
        data-id={row.id}
        aria-rowindex={index}
        style={`top:${at * ROW_HEIGHT}px`}
      >
        {cells}
      </tr>
    );
  }
}

const classes = (id: ColumnId): string => `cell col-${id} cell-${id}`;
const CLASSES: Readonly<Record<ColumnId, string>> = {
  name: classes('name'),
  monitored: classes('monitored'),
  state: classes('state'),
  supply: classes('supply'),
  model: classes('model'),
  serial: classes('serial'),
  location: classes('location'),
  toner: classes('toner'),
  waste: classes('waste'),
  life: classes('life'),
  total: classes('total'),
  print: classes('print'),
};
