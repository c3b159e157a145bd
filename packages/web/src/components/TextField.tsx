/** One line of text: label, input, hint or error. */
import type { ComponentChildren, Ref } from 'preact';
import { Field } from './Field.tsx';

export interface TextFieldProps {
  readonly label: ComponentChildren;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly hint?: ComponentChildren;
  readonly error?: ComponentChildren;
  readonly warning?: ComponentChildren;
  readonly type?: 'text' | 'password' | 'number' | 'url' | 'time' | 'date';
  readonly autocomplete?: string;
  readonly placeholder?: string | undefined;
  readonly maxLength?: number;
  readonly disabled?: boolean;
  readonly required?: boolean;
  readonly spellcheck?: boolean;
  readonly inputMode?: 'numeric' | 'decimal' | 'text' | 'url';
  /** Extra class of the input, e.g. `num` or `input-number`. */
  readonly inputClass?: string;
  /** Id of a datalist with proposals. */
  readonly list?: string;
  readonly inputRef?: Ref<HTMLInputElement>;
  readonly onBlur?: () => void;
  /** Shown right of the input, e.g. a unit. */
  readonly after?: ComponentChildren;
}

export function TextField(props: TextFieldProps) {
  return (
    <Field label={props.label} hint={props.hint} error={props.error} warning={props.warning}>
      {(binding) => {
        const input = (
          <input
            {...binding}
            ref={props.inputRef ?? null}
            class={props.inputClass ? `input ${props.inputClass}` : 'input'}
            // The typings split inputs by type; all of these take the same attributes.
            type={(props.type ?? 'text') as 'text'}
            value={props.value}
            onInput={(event) => props.onInput(event.currentTarget.value)}
            onBlur={props.onBlur}
            autocomplete={props.autocomplete ?? 'off'}
            placeholder={props.placeholder}
            maxLength={props.maxLength}
            disabled={props.disabled ?? false}
            required={props.required ?? false}
            spellcheck={props.spellcheck ?? false}
            inputMode={props.inputMode}
            list={props.list}
          />
        );
        return props.after === undefined ? (
          input
        ) : (
          <span class="input-unit">
            {input}
            <span>{props.after}</span>
          </span>
        );
      }}
    </Field>
  );
}
