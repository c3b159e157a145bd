/** Buttons: one primary per view, plain, quiet, danger (LOOK §8). A link that looks like one takes `href`. */
import type { ComponentChildren, Ref } from 'preact';
import type { IconName } from '../look/icons.ts';
import { Icon } from './Icon.tsx';
import './Button.css';

export interface ButtonProps {
  readonly kind?: 'primary' | 'plain' | 'quiet' | 'danger' | 'dangerFilled';
  readonly icon?: IconName;
  readonly children?: ComponentChildren;
  readonly onClick?: ((event: MouseEvent) => void) | undefined;
  readonly type?: 'button' | 'submit';
  readonly href?: string;
  /** For links that lead out of this app: opened anew, and the other side is not told from where. */
  readonly newTab?: boolean;
  /** Said when the button shows an icon alone. */
  readonly label?: string;
  readonly disabled?: boolean;
  /** Id of the sentence that says why it is disabled. */
  readonly describedBy?: string | undefined;
  /** What is going on, shown with a turning loader; the width stays. */
  readonly busy?: string | false | undefined;
  readonly small?: boolean;
  readonly title?: string | undefined;
  readonly buttonRef?: Ref<HTMLButtonElement>;
}

export function Button(props: ButtonProps) {
  const { kind = 'plain', icon, children, busy, small } = props;
  const classes = `button button-${kind}${small ? ' button-small' : ''}${children === undefined ? ' button-icon' : ''}`;
  const inside = (
    <>
      {busy ? <Icon name="loader-circle" class="icon-turning" /> : icon && <Icon name={icon} />}
      {busy ? (
        <span class="button-words">{busy}</span>
      ) : (
        children !== undefined && <span class="button-words">{children}</span>
      )}
    </>
  );
  if (props.href !== undefined) {
    return (
      <a
        class={classes}
        href={props.href}
        aria-label={props.label}
        title={props.title}
        {...(props.newTab ? { target: '_blank', rel: 'noreferrer noopener' } : {})}
      >
        {inside}
      </a>
    );
  }
  return (
    <button
      ref={props.buttonRef ?? null}
      type={props.type ?? 'button'}
      class={classes}
      onClick={busy ? undefined : props.onClick}
      disabled={props.disabled ?? false}
      aria-busy={busy ? true : undefined}
      aria-disabled={busy ? true : undefined}
      aria-label={props.label}
      aria-describedby={props.describedBy}
      title={props.title}
    >
      {inside}
    </button>
  );
}
