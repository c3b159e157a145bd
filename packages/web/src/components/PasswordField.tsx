/** A password: hidden, shown on request. */
import { m } from '@rsb/messages';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useLang } from '../language/language.tsx';
import { Field } from './Field.tsx';
import './PasswordField.css';

export interface PasswordFieldProps {
  readonly label: ComponentChildren;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly autocomplete: 'current-password' | 'new-password' | 'off';
  readonly hint?: ComponentChildren;
  readonly error?: ComponentChildren;
  readonly autofocus?: boolean;
  readonly placeholder?: string;
  readonly maxLength?: number;
}

export function PasswordField(props: PasswordFieldProps) {
  const lang = useLang();
  const [isShown, setShown] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (props.autofocus) input.current?.focus();
  }, [props.autofocus]);
  return (
    <Field label={props.label} hint={props.hint} error={props.error}>
      {(binding) => (
        <span class="password">
          <input
            {...binding}
            ref={input}
            class="input"
            // The typings split inputs by type; both take the same attributes.
            type={(isShown ? 'text' : 'password') as 'text'}
            value={props.value}
            autocomplete={props.autocomplete}
            placeholder={props.placeholder}
            maxLength={props.maxLength ?? 255}
            spellcheck={false}
            autocapitalize="off"
            onInput={(event) => props.onInput(event.currentTarget.value)}
          />
          <button type="button" class="password-show" aria-pressed={isShown} onClick={() => setShown(!isShown)}>
            {isShown ? m.hide_password({}, lang) : m.show_password({}, lang)}
          </button>
        </span>
      )}
    </Field>
  );
}
