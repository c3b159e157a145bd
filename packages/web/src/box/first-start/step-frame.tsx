/** One step: a question with its answers left, what it will do right, and the way on at the foot. */

import { m } from '@rsb/messages';
import type { ComponentChildren } from 'preact';
import { Button } from '../../components/Button.tsx';
import { useLang } from '../../language/language.tsx';

export interface StepFrameProps {
  readonly title: ComponentChildren;
  readonly about: ComponentChildren;
  readonly children: ComponentChildren;
  readonly side?: ComponentChildren;
  readonly foot?: ComponentChildren;
  readonly onBack?: (() => void) | undefined;
  readonly next: ComponentChildren;
}

export function StepFrame({ title, about, children, side, foot, onBack, next }: StepFrameProps) {
  const lang = useLang();
  return (
    <section class={side === undefined ? 'panel step-panel' : 'panel step-panel step-sided'}>
      <div class="step-main">
        <h1>{title}</h1>
        {about !== null && <p class="step-about">{about}</p>}
        {children}
      </div>
      {side !== undefined && <aside class="step-side">{side}</aside>}
      <footer class="step-foot">
        {onBack && <Button onClick={onBack}>{m.back({}, lang)}</Button>}
        <span class="step-note">{foot}</span>
        {next}
      </footer>
    </section>
  );
}
