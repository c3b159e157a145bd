/** A big row that can be ticked: box, two lines, a fact at the right (first start, LOOK §5). */
import type { ComponentChildren } from 'preact';
import { Checkbox } from './Checkbox.tsx';
import './ChoiceRow.css';

export interface ChoiceRowProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly title: ComponentChildren;
  readonly detail?: ComponentChildren;
  readonly fact?: ComponentChildren;
}

export function ChoiceRow(props: ChoiceRowProps) {
  return (
    <div class={props.checked ? 'choice choice-on' : 'choice'}>
      <Checkbox checked={props.checked} onChange={props.onChange}>
        <span class="choice-words">
          <b class="num">{props.title}</b>
          {props.detail !== undefined && <span class="second">{props.detail}</span>}
        </span>
      </Checkbox>
      {props.fact !== undefined && <span class="choice-fact">{props.fact}</span>}
    </div>
  );
}
