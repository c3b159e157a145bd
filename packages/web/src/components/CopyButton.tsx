/** Copies a value: by the clipboard's own interface, or by the document's old way where the page came over plain http. */
import { m } from '@rsb/messages';
import { useEffect, useState } from 'preact/hooks';
import { browserClock } from '../api/clock.ts';
import { useLang } from '../language/language.tsx';
import { Icon } from './Icon.tsx';
import './CopyButton.css';

const TOLD_FOR = 2000;

export function CopyButton({ value, name }: { readonly value: string; readonly name: string }) {
  const lang = useLang();
  const [copied, setCopied] = useState(false);
  useEffect(() => (copied ? browserClock.after(TOLD_FOR, () => setCopied(false)) : undefined), [copied]);
  return (
    <button
      type="button"
      class="copy no-print"
      aria-label={copied ? m.copied({}, lang) : m.copy_named({ name }, lang)}
      title={copied ? m.copied({}, lang) : m.copy_named({ name }, lang)}
      onClick={async () => setCopied(await copyText(value))}
    >
      <Icon name={copied ? 'check' : 'copy'} size={14} />
    </button>
  );
}

async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/** `navigator.clipboard` is there in secure contexts only; a box on the LAN seldom is one. */
function copyBySelection(text: string): boolean {
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'visually-hidden';
  const focused = document.activeElement as HTMLElement | null;
  document.body.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  focused?.focus();
  return done;
}
