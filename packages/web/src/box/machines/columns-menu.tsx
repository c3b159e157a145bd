/** Which columns are shown, and where each stands. */
import { m } from '@rsb/messages';
import type { Cell } from '../../api/observable.ts';
import { useObservable } from '../../api/observable.ts';
import { Icon } from '../../components/Icon.tsx';
import { Menu, MenuItem, MenuLine } from '../../components/Menu.tsx';
import { useLang } from '../../language/language.tsx';
import { columnName } from './column-heads.tsx';
import { type ColumnId, columnsAt, moveColumn } from './columns.ts';
import { FIRST_VIEW, type ListView } from './list-view.ts';

interface MoveProps {
  readonly id: ColumnId;
  readonly to: number;
  readonly icon: 'arrow-up' | 'arrow-down';
  readonly disabled: boolean;
}

export function ColumnsMenu({ view }: { readonly view: Cell<ListView> }) {
  const lang = useLang();
  const now = useObservable(view);
  const shown = columnsAt(window.innerWidth, now);
  const move = ({ id, to, icon, disabled }: MoveProps) => {
    const name = columnName(id, lang);
    const label = icon === 'arrow-up' ? m.column_before({ name }, lang) : m.column_after({ name }, lang);
    return (
      <button
        type="button"
        role="menuitem"
        class="column-move"
        tabIndex={-1}
        disabled={disabled}
        aria-label={label}
        title={label}
        onClick={() => view.set({ ...now, order: moveColumn(now.order, id, to) })}
      >
        <Icon name={icon} size={14} />
      </button>
    );
  };
  return (
    <span class="columns-menu">
      <Menu
        align="right"
        button={
          <>
            <Icon name="columns-3" />
            {m.columns({}, lang)}
          </>
        }
      >
        {now.order.slice(1).map((id, at) => (
          <div key={id} class="column-choice">
            <MenuItem
              ticked={shown[id]}
              onChoose={() => view.set({ ...now, shown: { ...now.shown, [id]: !shown[id] } })}
            >
              {columnName(id, lang)}
            </MenuItem>
            {move({ id, to: at, icon: 'arrow-up', disabled: at === 0 })}
            {move({ id, to: at + 2, icon: 'arrow-down', disabled: at === now.order.length - 2 })}
          </div>
        ))}
        <MenuLine />
        <MenuItem onChoose={() => view.set({ ...FIRST_VIEW, sorting: now.sorting })}>
          {m.columns_reset({}, lang)}
        </MenuItem>
      </Menu>
    </span>
  );
}
