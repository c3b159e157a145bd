/** Where one is among a few steps. */
import { Icon } from './Icon.tsx';
import './Steps.css';

export interface StepsProps {
  readonly names: readonly string[];
  /** From 0. */
  readonly at: number;
  readonly label: string;
}

export function Steps({ names, at, label }: StepsProps) {
  return (
    <ol class="steps" aria-label={label}>
      {names.map((name, index) => (
        <li key={name} class={index === at ? 'step step-now' : 'step'} aria-current={index === at ? 'step' : undefined}>
          <span class="step-ring num">{index < at ? <Icon name="check" /> : index + 1}</span>
          {name}
        </li>
      ))}
    </ol>
  );
}
