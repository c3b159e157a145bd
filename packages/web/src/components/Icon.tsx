/** One icon, of the sprite or drawn as a path, in the colour of the text. It stands beside a word, or carries a `label` where there is none. */
import { PATHS } from 'rsb:drawn-icons';
import type { IconName } from '../look/icons.ts';
import './Icon.css';

export interface IconProps {
  readonly name: IconName;
  readonly size?: number;
  readonly label?: string | undefined;
  readonly class?: string | undefined;
}

export function Icon({ name, size = 16, label, class: extra }: IconProps) {
  const path = PATHS[name];
  const use = path === undefined ? <use href={`${ICON_SPRITE}#${name}`} /> : <path d={path} />;
  const box = path === undefined ? {} : { viewBox: '0 0 24 24' };
  const classes = extra ? `icon ${extra}` : 'icon';
  return label === undefined ? (
    <svg class={classes} width={size} height={size} {...box} aria-hidden="true" focusable="false">
      {use}
    </svg>
  ) : (
    <svg class={classes} width={size} height={size} {...box} role="img" aria-label={label} focusable="false">
      {use}
    </svg>
  );
}
