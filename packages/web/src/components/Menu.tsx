/** A menu under its button: native popover, arrow keys, closed by Escape or a click elsewhere. */
import type { ComponentChildren } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import type { IconName } from '../look/icons.ts';
import { Icon } from './Icon.tsx';
import './Menu.css';

export interface MenuProps {
  readonly button: ComponentChildren;
  readonly buttonClass?: string;
  /** Said instead of the button's content. */
  readonly label?: string | undefined;
  readonly align?: 'left' | 'right';
  /** A function is called only while the menu is open. */
  readonly children: ComponentChildren | (() => ComponentChildren);
}

const MARGIN = 8;

export function Menu({ button, buttonClass, label, align = 'left', children }: MenuProps) {
  const id = useId();
  const opener = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);

  const place = () => {
    const under = opener.current?.getBoundingClientRect();
    const style = menu.current?.style;
    if (!under || !style) return;
    style.setProperty('top', `${under.bottom + 4}px`);
    style.setProperty('max-height', `${Math.max(160, window.innerHeight - under.bottom - 4 - MARGIN)}px`);
    const left = align === 'left' && under.left < window.innerWidth - 220;
    style.setProperty('left', left ? `${Math.max(MARGIN, under.left)}px` : 'auto');
    style.setProperty(
      'right',
      left ? 'auto' : `${Math.max(MARGIN, document.documentElement.clientWidth - under.right)}px`,
    );
  };
  const items = () => [...(menu.current?.querySelectorAll<HTMLElement>('[role^="menuitem"]:not(:disabled)') ?? [])];
  const step = (event: KeyboardEvent) => {
    const all = items();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const to = {
      ArrowDown: all[(at + 1) % all.length],
      ArrowUp: all[(at - 1 + all.length) % all.length],
      Home: all[0],
      End: all.at(-1),
    }[event.key];
    if (!to) return;
    event.preventDefault();
    event.stopPropagation();
    to.focus();
  };

  return (
    <>
      <button
        ref={opener}
        type="button"
        class={buttonClass ?? 'button button-quiet'}
        aria-haspopup="menu"
        aria-label={label}
        popovertarget={id}
      >
        {button}
      </button>
      <div
        ref={menu}
        id={id}
        popover="auto"
        role="menu"
        tabIndex={-1}
        class="menu"
        onBeforeToggle={(event) => {
          setOpen(event.newState === 'open');
          place();
        }}
        onToggle={(event) => {
          if (event.newState !== 'open') return;
          const all = items();
          (all.find((item) => item.getAttribute('aria-checked') === 'true') ?? all[0])?.focus();
        }}
        onKeyDown={step}
        onClick={(event) => {
          if ((event.target as Element).closest('[data-closes]')) menu.current?.hidePopover();
        }}
      >
        {typeof children === 'function' ? isOpen && children() : children}
      </div>
    </>
  );
}

export interface MenuItemProps {
  readonly children: ComponentChildren;
  readonly onChoose: () => void;
  readonly icon?: IconName;
  /** For a choice of one: whether it is the chosen one. */
  readonly chosen?: boolean;
  /** For several that may be on at once: the menu stays open. */
  readonly ticked?: boolean;
  /** Grey, at the right: a count. */
  readonly fact?: ComponentChildren;
  readonly lang?: string;
}

export function MenuItem(props: MenuItemProps) {
  const state = props.chosen ?? props.ticked;
  const role =
    props.chosen !== undefined ? 'menuitemradio' : props.ticked !== undefined ? 'menuitemcheckbox' : 'menuitem';
  return (
    <button
      type="button"
      class="menu-item"
      role={role}
      {...(state === undefined ? {} : { 'aria-checked': state })}
      tabIndex={-1}
      data-closes={props.ticked === undefined ? '' : undefined}
      lang={props.lang}
      onClick={props.onChoose}
    >
      {state !== undefined ? (
        <span class="menu-check">{state && <Icon name="check" />}</span>
      ) : (
        props.icon && <Icon name={props.icon} />
      )}
      <span class="menu-words">{props.children}</span>
      {props.fact !== undefined && <span class="menu-fact num">{props.fact}</span>}
    </button>
  );
}

export const MenuLine = () => <hr class="menu-line" />;
