/** Copies a value: by the clipboard's own interface, or by the document's old way where the page came over plain http. */
import { m } from '@rsb/messages';
import { useEffect, useState } from 'preact/hooks';
import { browserClock } from '../api/clock.ts';
import { useLang } from '../language/language.tsx';
import { Icon } from './Icon.tsx';
import './CopyButton.css';

const TOLD_FOR = 2000;

export interface CopyButtonProps {
  readonly value: string;
  /** What is copied: "Copy MAC". */
  readonly name: string;
  /** A button with a word, where it stands among others; beside a value the icon is enough. */
  readonly worded?: boolean;
}

export function CopyButton({ value, name, worded = false }: CopyButtonProps) {
  const lang = useLang();
  const [copied, setCopied] = useState(false);
  useEffect(() => (copied ? browserClock.after(TOLD_FOR, () => setCopied(false)) : undefined), [copied]);
  const named = m.copy_named({ name }, lang);
  return (
    <>
      <button
        type="button"
        class={worded ? 'button button-plain button-small no-print' : 'copy no-print'}
        aria-label={named}
        title={copied ? m.copied({}, lang) : named}
        onClick={async () => setCopied(await copyText(value))}
      >
        <Icon name={copied ? 'check' : 'copy'} size={worded ? 16 : 14} />
        {worded && <span class="button-words">{copied ? m.copied({}, lang) : m.copy({}, lang)}</span>}
      </button>
      <span class="visually-hidden" role="status">
        {copied && m.copied({}, lang)}
      </span>
    </>
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
