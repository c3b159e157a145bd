/** One line over what it speaks about: icon, bold fact, what happens next, at most one button (LOOK §8). */
import type { ComponentChildren } from 'preact';
import type { IconName } from '../look/icons.ts';
import { Icon } from './Icon.tsx';
import './Banner.css';

export interface BannerProps {
  readonly kind?: 'warn' | 'crit' | 'plain';
  readonly icon: IconName;
  readonly fact: ComponentChildren;
  readonly next?: ComponentChildren;
  readonly action?: ComponentChildren;
}

export function Banner({ kind = 'warn', icon, fact, next, action }: BannerProps) {
  return (
    <div class={`banner banner-${kind}`} role={kind === 'plain' ? undefined : 'status'}>
      <Icon name={icon} />
      <p>
        <b>{fact}</b>
        {next !== undefined && <> {next}</>}
      </p>
      {action !== undefined && <div class="banner-action">{action}</div>}
    </div>
  );
}
