/** On or off, at once. */
import './Switch.css';

export interface SwitchProps {
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
  readonly label: string;
  readonly disabled?: boolean;
}

export function Switch({ on, onChange, label, disabled }: SwitchProps) {
  return (
    <button
      type="button"
      class="switch"
      role="switch"
      aria-checked={on}
      aria-label={label}
      disabled={disabled ?? false}
      onClick={(event) => {
        event.stopPropagation();
        onChange(!on);
      }}
    >
      <span class="switch-knob" />
    </button>
  );
}
