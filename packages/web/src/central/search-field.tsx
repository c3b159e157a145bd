/** Search in a list: `/` leads here, Escape clears. */
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../components/Icon.tsx';
import '../components/Field.css';
import './search-field.css';

export interface SearchFieldProps {
  readonly value: string;
  readonly label: string;
  readonly onInput: (value: string) => void;
}

const WRITES = 'input, textarea, select, [contenteditable]';

export function SearchField({ value, label, onInput }: SearchFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
      if ((event.target as Element | null)?.closest?.(WRITES)) return;
      event.preventDefault();
      input.current?.focus();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
  return (
    <span class="search-field">
      <Icon name="search" />
      <input
        ref={input}
        class="input"
        type="search"
        value={value}
        placeholder={label}
        aria-label={label}
        autocomplete="off"
        spellcheck={false}
        onInput={(event) => onInput(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && value !== '') {
            event.preventDefault();
            onInput('');
          }
        }}
      />
    </span>
  );
}
