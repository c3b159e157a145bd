/** A message with `{#b}facts{/b}` in it, drawn with its bold parts. */
import type { ComponentChildren } from 'preact';

export type RichPart =
  | { readonly type: 'text'; readonly value: string }
  | { readonly type: 'markup-start' | 'markup-end' | 'markup-standalone'; readonly name: string };

export function Rich({ of }: { readonly of: readonly RichPart[] }) {
  const drawn: ComponentChildren[] = [];
  let bold: string[] | null = null;
  for (const part of of) {
    if (part.type === 'text') {
      if (bold) bold.push(part.value);
      else drawn.push(<span key={drawn.length}>{part.value}</span>);
    } else if (part.type === 'markup-start') bold = [];
    else if (part.type === 'markup-end' && bold) {
      drawn.push(<b key={drawn.length}>{bold.join('')}</b>);
      bold = null;
    }
  }
  return <>{drawn}</>;
}
