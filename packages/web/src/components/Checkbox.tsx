/** A box with a check: accent where it chooses, ink where it only tells (the M column, LOOK §6). */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from './Icon.tsx';
import './Checkbox.css';

export interface CheckboxProps {
  readonly checked: boolean;
  readonly onChange?: ((checked: boolean, shift: boolean) => void) | undefined;
  /** Words beside the box. */
  readonly children?: ComponentChildren;
  /** Said where there are no words. */
  readonly label?: string | undefined;
  readonly ink?: boolean;
  readonly mixed?: boolean;
  readonly disabled?: boolean;
}

export function Checkbox(props: CheckboxProps) {
  const input = useRef<HTMLInputElement>(null);
  const shift = useRef(false);
  useEffect(() => {
    if (input.current) input.current.indeterminate = props.mixed ?? false;
  }, [props.mixed]);
  return (
    <label class={props.ink ? 'checkbox checkbox-ink' : 'checkbox'}>
      <input
        ref={input}
        type="checkbox"
        checked={props.checked}
        disabled={props.disabled ?? false}
        aria-label={props.label}
        onClick={(event) => {
          shift.current = event.shiftKey;
          event.stopPropagation();
        }}
        onChange={(event) => props.onChange?.(event.currentTarget.checked, shift.current)}
      />
      <span class="checkbox-box">
        <Icon name="check" size={12} />
      </span>
      {props.children !== undefined && <span>{props.children}</span>}
    </label>
  );
}
