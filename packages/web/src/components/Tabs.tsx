/** Places of an app, the current one with a 2 px line below. */
import type { ComponentChildren } from 'preact';
import './Tabs.css';

export interface Tab {
  readonly href: string;
  readonly text: ComponentChildren;
  readonly current: boolean;
}

export function Tabs({ tabs, label }: { readonly tabs: readonly Tab[]; readonly label: string }) {
  return (
    <nav class="tabs" aria-label={label}>
      {tabs.map((tab) => (
        <a key={tab.href} href={tab.href} class="tab" aria-current={tab.current ? 'page' : undefined}>
          {tab.text}
        </a>
      ))}
    </nav>
  );
}
