/** A short statement with its icon: neutral, warn, crit or accent (LOOK §8). */
import type { ComponentChildren } from 'preact';
import type { IconName } from '../look/icons.ts';
import { Icon } from './Icon.tsx';
import './Chip.css';

export interface ChipProps {
  readonly kind?: 'neutral' | 'warn' | 'crit' | 'accent';
  readonly icon?: IconName;
  readonly children: ComponentChildren;
  readonly title?: string;
}

export function Chip({ kind = 'neutral', icon, children, title }: ChipProps) {
  return (
    <span class={`chip chip-${kind}`} title={title}>
      {icon && <Icon name={icon} size={14} />}
      <span>{children}</span>
    </span>
  );
}
