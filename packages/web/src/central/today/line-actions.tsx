/** Acknowledge, assign, put off: over the end of a line while pointer or focus is on it, a menu where there is no room for that. */
import type { Attention } from '@rsb/contract';
import { m } from '@rsb/messages';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Menu, MenuItem, MenuLine } from '../../components/Menu.tsx';
import { useNarrow } from '../../components/use-narrow.ts';
import { useLang } from '../../language/language.tsx';
import type { Acting, Handled } from './attention.tsx';

export interface LineActionsProps {
  readonly line: Handled & { readonly attention: Attention };
  readonly name: string;
  readonly acting: Acting;
  /** Where buttons over the line would cover what it says. */
  readonly asMenu?: boolean;
}

export function LineActions({ line, name, acting, asMenu = false }: LineActionsProps) {
  const lang = useLang();
  const narrow = useNarrow();
  if (!acting.mayAct) return null;
  const { acknowledged, assigned } = line.attention;
  const people = (
    <>
      {acting.people.map((person) => (
        <MenuItem key={person} chosen={assigned?.to === person} onChoose={() => acting.assign(line, person)}>
          {person}
        </MenuItem>
      ))}
      {assigned && <MenuItem onChoose={() => acting.assign(line, null)}>{m.today_assign_nobody({}, lang)}</MenuItem>}
    </>
  );
  const times = [
    [4, m.today_snooze_4({}, lang)],
    [24, m.today_snooze_24({}, lang)],
    [72, m.today_snooze_72({}, lang)],
    [168, m.today_snooze_168({}, lang)],
  ] as const;
  const waits = times.map(([hours, text]) => (
    <MenuItem key={hours} onChoose={() => acting.snooze(line, hours)}>
      {text}
    </MenuItem>
  ));
  if (narrow || asMenu)
    return (
      <Menu
        align="right"
        label={m.today_actions({ name }, lang)}
        buttonClass="button button-quiet button-icon line-menu"
        button={<Icon name="ellipsis" />}
      >
        {!acknowledged && (
          <MenuItem icon="check" onChoose={() => acting.acknowledge(line)}>
            {m.today_acknowledge({}, lang)}
          </MenuItem>
        )}
        <MenuLine />
        {people}
        <MenuLine />
        {waits}
      </Menu>
    );
  return (
    <span class="line-actions no-print">
      {!acknowledged && (
        <Button small onClick={() => acting.acknowledge(line)} title={m.today_actions({ name }, lang)}>
          {m.today_acknowledge({}, lang)}
        </Button>
      )}
      <Menu align="right" buttonClass="button button-plain button-small" button={m.today_assign({}, lang)}>
        {() => people}
      </Menu>
      <Menu align="right" buttonClass="button button-plain button-small" button={m.today_snooze({}, lang)}>
        {() => waits}
      </Menu>
    </span>
  );
}

/** With whom it is; below, who has seen it. */
export function WithCell({ attention }: { readonly attention: Attention }) {
  const lang = useLang();
  const { assigned, acknowledged } = attention;
  const seen = acknowledged && m.today_seen_by({ name: acknowledged.by }, lang);
  return (
    <>
      <span class={assigned ? 'cell-first' : 'cell-first none'}>{assigned?.to ?? m.today_nobody({}, lang)}</span>
      {seen && <span class="cell-second">{assigned?.to === acknowledged?.by ? m.today_seen({}, lang) : seen}</span>}
    </>
  );
}
