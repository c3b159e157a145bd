/** A choice of few values in a form: the browser's own select, so that it works with every keyboard and screen reader. */
import type { ComponentChildren } from 'preact';
import { Field } from './Field.tsx';
import './SelectField.css';

export interface Choice<V extends string> {
  readonly value: V;
  readonly text: string;
}

export interface SelectFieldProps<V extends string> {
  readonly label: ComponentChildren;
  readonly value: V;
  readonly choices: readonly Choice<V>[];
  readonly onChange: (value: V) => void;
  readonly hint?: ComponentChildren;
  readonly error?: ComponentChildren;
}

export function SelectField<V extends string>(props: SelectFieldProps<V>) {
  return (
    <Field label={props.label} hint={props.hint} error={props.error}>
      {(binding) => (
        <select
          {...binding}
          class="input select"
          value={props.value}
          onChange={(event) => {
            const chosen = props.choices.find((choice) => choice.value === event.currentTarget.value);
            if (chosen) props.onChange(chosen.value);
          }}
        >
          {props.choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
