/** A state: always an icon and a word, with its detail or its age on the second line (LOOK §6). */
import type { ComponentChildren } from 'preact';
import type { IconName } from '../look/icons.ts';
import { Icon } from './Icon.tsx';
import './StateWord.css';

export interface StateWordProps {
  readonly icon: IconName | null;
  readonly word: ComponentChildren;
  readonly severity: 'critical' | 'warning' | null;
  readonly detail?: ComponentChildren;
  readonly detailTitle?: string | undefined;
  /** Values are old: the words are dimmed, a severity keeps its colour. */
  readonly old?: boolean;
  /** Word and detail in one line, as on a card. */
  readonly inline?: boolean;
}

export function StateWord(props: StateWordProps) {
  const severity = props.severity === 'critical' ? ' crit' : props.severity === 'warning' ? ' warn' : '';
  const classes = `state-word${props.icon ? '' : ' state-bare'}${props.old ? ' state-old' : ''}${props.inline ? ' state-inline' : ''}`;
  return (
    <span class={classes}>
      {props.icon && <Icon name={props.icon} class={severity.trim()} />}
      <span class={`state-first${severity}`} title={typeof props.word === 'string' ? props.word : undefined}>
        {props.word}
      </span>
      {props.detail !== undefined && props.detail !== null && (
        <span class="state-detail" title={props.detailTitle}>
          {props.detail}
        </span>
      )}
    </span>
  );
}
