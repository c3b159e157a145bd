/** The top of a page: the way here, the title with what goes with it, one grey line, the actions. */
import { m } from '@rsb/messages';
import type { ComponentChildren } from 'preact';
import { Icon } from '../components/Icon.tsx';
import { useLang } from '../language/language.tsx';
import { useCentral } from './central-context.tsx';
import { usePageTitle } from './use-page-title.ts';
import './page-head.css';

export interface Crumb {
  readonly href: string;
  readonly text: ComponentChildren;
}

export interface PageHeadProps {
  readonly crumbs?: readonly Crumb[];
  readonly title: ComponentChildren;
  readonly beside?: ComponentChildren;
  readonly fact?: ComponentChildren;
  readonly right?: ComponentChildren;
}

export function PageHead({ crumbs = [], title, beside, fact, right }: PageHeadProps) {
  const lang = useLang();
  const { views } = useCentral();
  usePageTitle(typeof title === 'string' ? title : null);
  return (
    <header class="page-head">
      <div class="page-head-words">
        {crumbs.length > 0 && (
          <nav class="crumbs" aria-label={m.way_here({}, lang)}>
            {crumbs.map((crumb, at) => (
              <span key={crumb.href}>
                {at > 0 && <Icon name="chevron-right" size={14} />}
                <a href={views.hrefOf(crumb.href)}>{crumb.text}</a>
              </span>
            ))}
          </nav>
        )}
        <div class="page-title">
          <h1>{title}</h1>
          {beside}
        </div>
        {fact !== undefined && <p class="fact">{fact}</p>}
      </div>
      {right !== undefined && <div class="row-of-buttons no-print">{right}</div>}
    </header>
  );
}
