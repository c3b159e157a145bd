/** A box with a check in every row of a long list: one element each (LOOK §6; elsewhere it is `Checkbox`). */
import './RowCheck.css';

export interface RowCheckProps {
  readonly checked: boolean;
  readonly label: string;
  /** Ink where it only tells, as in the M column. */
  readonly ink?: boolean;
  readonly onChange: (checked: boolean, shift: boolean) => void;
}

export function RowCheck({ checked, label, ink, onChange }: RowCheckProps) {
  return (
    <input
      type="checkbox"
      class={ink ? 'check check-ink' : 'check'}
      checked={checked}
      aria-label={label}
      // A click tells whether Shift was held, a change does not; the keyboard's Space clicks too.
      onClick={(event) => {
        event.stopPropagation();
        onChange(event.currentTarget.checked, event.shiftKey);
      }}
    />
  );
}
