/** Several lines of text, e.g. a certificate. */
import type { ComponentChildren } from 'preact';
import { Field } from './Field.tsx';

export interface TextAreaProps {
  readonly label: ComponentChildren;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly hint?: ComponentChildren;
  readonly error?: ComponentChildren;
  readonly rows?: number;
  readonly mono?: boolean;
  readonly maxLength?: number;
  readonly placeholder?: string;
}

export function TextArea(props: TextAreaProps) {
  return (
    <Field label={props.label} hint={props.hint} error={props.error}>
      {(binding) => (
        <textarea
          {...binding}
          class="input"
          rows={props.rows ?? 4}
          value={props.value}
          maxLength={props.maxLength}
          placeholder={props.placeholder}
          spellcheck={false}
          style={props.mono ? { fontFamily: 'var(--mono)', fontSize: '12px' } : undefined}
          onInput={(event) => props.onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}
