/** One filter: a plain button with a chevron; once set it says what it filters and clears with a click on × (LOOK §8). */
import { m } from '@rsb/messages';
import { useLang } from '../language/language.tsx';
import { Icon } from './Icon.tsx';
import { Menu, MenuItem } from './Menu.tsx';
import './FilterSelect.css';

export interface FilterOption {
  readonly value: string;
  readonly text: string;
  readonly count: number;
}

export interface FilterSelectProps {
  readonly name: string;
  readonly value: string | null;
  /** The chosen value in words. */
  readonly chosen: string | null;
  /** Asked for when the menu opens. */
  readonly options: () => readonly FilterOption[];
  readonly onChange: (value: string | null) => void;
}

export function FilterSelect({ name, value, chosen, options, onChange }: FilterSelectProps) {
  const lang = useLang();
  return (
    <span class={chosen === null ? 'filter' : 'filter filter-set'}>
      <Menu
        buttonClass="button filter-button"
        label={chosen === null ? undefined : m.filter_set({ name, value: chosen }, lang)}
        button={
          <>
            <span class="filter-words">{chosen === null ? name : m.filter_set({ name, value: chosen }, lang)}</span>
            {chosen === null && <Icon name="chevron-down" />}
          </>
        }
      >
        {() => (
          <>
            <MenuItem chosen={value === null} onChoose={() => onChange(null)}>
              {m.filter_all({}, lang)}
            </MenuItem>
            {options().map((option) => (
              <MenuItem
                key={option.value}
                chosen={option.value === value}
                fact={option.count}
                onChoose={() => onChange(option.value)}
              >
                {option.text}
              </MenuItem>
            ))}
          </>
        )}
      </Menu>
      {chosen !== null && (
        <button
          type="button"
          class="filter-clear"
          aria-label={m.filter_clear({ name }, lang)}
          onClick={() => onChange(null)}
        >
          <Icon name="x" size={14} />
        </button>
      )}
    </span>
  );
}
