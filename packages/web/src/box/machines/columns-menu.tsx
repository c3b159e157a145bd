/** Which columns are shown. */
import { m } from '@rsb/messages';
import type { Cell } from '../../api/observable.ts';
import { useObservable } from '../../api/observable.ts';
import { Icon } from '../../components/Icon.tsx';
import { Menu, MenuItem, MenuLine } from '../../components/Menu.tsx';
import { useLang } from '../../language/language.tsx';
import { columnName } from './column-heads.tsx';
import { columnsAt, HIDEABLE } from './columns.ts';
import { FIRST_VIEW, type ListView } from './list-view.ts';

export function ColumnsMenu({ view }: { readonly view: Cell<ListView> }) {
  const lang = useLang();
  const now = useObservable(view);
  const shown = columnsAt(window.innerWidth, now.shown);
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
        {HIDEABLE.map((id) => (
          <MenuItem
            key={id}
            ticked={shown[id]}
            onChoose={() => view.set({ ...now, shown: { ...now.shown, [id]: !shown[id] } })}
          >
            {columnName(id, lang)}
          </MenuItem>
        ))}
        <MenuLine />
        <MenuItem onChoose={() => view.set(FIRST_VIEW)}>{m.columns_reset({}, lang)}</MenuItem>
      </Menu>
    </span>
  );
}
