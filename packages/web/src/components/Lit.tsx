/** A value that is lit for 600 ms when it changes while the page is open (LOOK §6, §10). */
import { useRef } from 'preact/hooks';
import './Lit.css';

export function Lit({ value }: { readonly value: string }) {
  const before = useRef({ value, changes: 0 });
  if (before.current.value !== value) before.current = { value, changes: before.current.changes + 1 };
  const { changes } = before.current;
  return (
    <span key={changes} class={changes > 0 ? 'lit' : undefined}>
      {value}
    </span>
  );
}
