/** Pieces of a table: two-line heads that sort, and two-line cells on one baseline (LOOK §6). */
import type { ComponentChildren } from 'preact';
import { Icon } from './Icon.tsx';
import './DataTable.css';

export interface HeadCellProps {
  readonly first: ComponentChildren;
  readonly second?: ComponentChildren;
  readonly numeric?: boolean;
  readonly sorted?: 'asc' | 'desc' | false;
  readonly onSort?: ((event: MouseEvent) => void) | undefined;
  readonly onKeyDown?: ((event: KeyboardEvent) => void) | undefined;
  readonly onPointerDown?: ((event: PointerEvent) => void) | undefined;
  /** Name of the column, for what looks a head up. */
  readonly column?: string | undefined;
  readonly class?: string | undefined;
  readonly title?: string | undefined;
  /** Where the table is laid out as something else. */
  readonly role?: 'columnheader' | undefined;
  /** Outside of the button that sorts, e.g. a handle. */
  readonly after?: ComponentChildren;
}

const ARIA = { asc: 'ascending', desc: 'descending' } as const;

export function HeadCell(props: HeadCellProps) {
  const words = (
    <>
      <span class="head-first">
        {props.first}
        {props.sorted && <Icon name={props.sorted === 'asc' ? 'arrow-up' : 'arrow-down'} size={12} />}
      </span>
      {props.second !== undefined && <span class="head-second">{props.second}</span>}
    </>
  );
  return (
    <th
      role={props.role}
      scope="col"
      class={`${props.numeric ? 'head head-numeric' : 'head'}${props.class ? ` ${props.class}` : ''}`}
      aria-sort={props.sorted ? ARIA[props.sorted] : undefined}
      title={props.title}
      data-column={props.column}
    >
      {props.onSort ? (
        <button
          type="button"
          class="head-button"
          onClick={props.onSort}
          onKeyDown={props.onKeyDown}
          onPointerDown={props.onPointerDown}
        >
          {words}
        </button>
      ) : (
        words
      )}
      {props.after}
    </th>
  );
}

export interface TwoLinesProps {
  readonly first: ComponentChildren;
  readonly second?: ComponentChildren;
  readonly title?: string | undefined;
}

export function TwoLines({ first, second, title }: TwoLinesProps) {
  return (
    <>
      <span class="cell-first" title={title}>
        {first}
      </span>
      {second !== undefined && second !== null && <span class="cell-second">{second}</span>}
    </>
  );
}
