/** A panel: surface, line, head with title, grey fact and a control at the right (LOOK §8). No panel inside a panel. */
import type { ComponentChildren } from 'preact';
import './Panel.css';

export interface PanelProps {
  readonly title?: ComponentChildren;
  readonly fact?: ComponentChildren;
  /** Legend or one control, at the right of the head. */
  readonly right?: ComponentChildren;
  readonly children: ComponentChildren;
  /** Content touches the edges: tables and lists. */
  readonly flush?: boolean;
  readonly id?: string;
}

export function Panel({ title, fact, right, children, flush, id }: PanelProps) {
  return (
    <section class="panel" id={id} aria-labelledby={title !== undefined && id ? `${id}-title` : undefined}>
      {title !== undefined && (
        <header class="panel-head">
          <h2 id={id ? `${id}-title` : undefined}>{title}</h2>
          {fact !== undefined && <span class="panel-fact">{fact}</span>}
          {right !== undefined && <div class="panel-right">{right}</div>}
        </header>
      )}
      <div class={flush ? 'panel-body panel-flush' : 'panel-body'}>{children}</div>
    </section>
  );
}
