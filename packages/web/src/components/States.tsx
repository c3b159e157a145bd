/** What a page says when it has no rows to show: one sentence, what happens next, one action (LOOK §9). */
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { browserClock } from '../api/clock.ts';
import './States.css';

export interface StateProps {
  readonly title: ComponentChildren;
  readonly children?: ComponentChildren;
  readonly action?: ComponentChildren;
  /** It is all that the page has: its title is the page's. */
  readonly whole?: boolean;
}

/** Nothing there, nothing matches, or an error: told in words, no picture. */
export function PageState({ title, children, action, whole }: StateProps) {
  return (
    <div class="state">
      {whole ? <h1>{title}</h1> : <h2>{title}</h2>}
      {children !== undefined && <p>{children}</p>}
      {action !== undefined && <div class="state-action">{action}</div>}
    </div>
  );
}

const PATIENCE = 300;

/** Nothing for 300 ms, then still grey bars in the rows' own geometry. */
export function LoadingRows({ rows = 8, label }: { readonly rows?: number; readonly label: string }) {
  const [late, setLate] = useState(false);
  useEffect(() => browserClock.after(PATIENCE, () => setLate(true)), []);
  return (
    <div class="loading" role="status" aria-label={label}>
      {late &&
        Array.from({ length: rows }, (_, row) => (
          <div class="loading-row" key={row}>
            {[152, 100, 120, 136, 200].map((width, column) => (
              <span key={width} class="loading-cell" style={{ width: `${width}px` }}>
                <i style={{ width: `${64 + ((row * 3 + column * 2) % 4) * 8}%` }} />
                <i style={{ width: `${48 + ((row + column * 3) % 4) * 8}%` }} />
              </span>
            ))}
          </div>
        ))}
    </div>
  );
}
