/** One icon of the sprite, in the colour of the text. It stands beside a word, or carries a `label` where there is none. */
import type { IconName } from '../look/icons.ts';
import './Icon.css';

export interface IconProps {
  readonly name: IconName;
  readonly size?: number;
  readonly label?: string | undefined;
  readonly class?: string | undefined;
}

export function Icon({ name, size = 16, label, class: extra }: IconProps) {
  const use = <use href={`${ICON_SPRITE}#${name}`} />;
  const classes = extra ? `icon ${extra}` : 'icon';
  return label === undefined ? (
    <svg class={classes} width={size} height={size} aria-hidden="true" focusable="false">
      {use}
    </svg>
  ) : (
    <svg class={classes} width={size} height={size} role="img" aria-label={label} focusable="false">
      {use}
    </svg>
  );
}
