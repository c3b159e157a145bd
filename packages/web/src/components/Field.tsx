/** A labelled control with its hint or its error right below (LOOK §8). The label is never inside. */
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { Icon } from './Icon.tsx';
import './Field.css';

/** What the control inside must carry, so that label, hint and error are read with it. */
export interface FieldBinding {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean | undefined;
}

export interface FieldProps {
  readonly label: ComponentChildren;
  readonly hint?: ComponentChildren;
  readonly error?: ComponentChildren;
  /** A caution that does not stop the reader. */
  readonly warning?: ComponentChildren;
  readonly children: (binding: FieldBinding) => ComponentChildren;
}

export function Field({ label, hint, error, warning, children }: FieldProps) {
  const id = useId();
  const note = error || warning || hint;
  return (
    <div class={error ? 'field field-wrong' : 'field'}>
      <label class="field-label" for={id}>
        {label}
      </label>
      {children({
        id,
        'aria-describedby': note ? `${id}-note` : undefined,
        'aria-invalid': error ? true : undefined,
      })}
      <FieldNote id={`${id}-note`} hint={hint} error={error} warning={warning} />
    </div>
  );
}

export function FieldNote(props: {
  readonly id: string;
  readonly hint?: ComponentChildren;
  readonly error?: ComponentChildren;
  readonly warning?: ComponentChildren;
}) {
  if (props.error) {
    return (
      <p class="field-note crit" id={props.id} role="alert">
        <Icon name="circle-alert" size={14} />
        <span>{props.error}</span>
      </p>
    );
  }
  if (props.warning) {
    return (
      <p class="field-note warn" id={props.id}>
        <Icon name="triangle-alert" size={14} />
        <span>{props.warning}</span>
      </p>
    );
  }
  return props.hint ? (
    <p class="field-note hint" id={props.id}>
      <span>{props.hint}</span>
    </p>
  ) : null;
}
