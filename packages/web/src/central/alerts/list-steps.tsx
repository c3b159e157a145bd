/** Back and further through a list that the server hands out by cursors. */
import { m } from '@rsb/messages';
import { Button } from '../../components/Button.tsx';
import { useLang } from '../../language/language.tsx';
import type { Cursors } from '../use-cursors.ts';

interface ListStepsProps {
  /** Of the pages passed so far; the last is the one shown. */
  readonly cursors: Cursors;
  readonly next: string | null;
  readonly onStep: (cursors: Cursors) => void;
}

export function ListSteps({ cursors, next, onStep }: ListStepsProps) {
  const lang = useLang();
  return (
    <div class="alerts-more">
      {cursors.length > 1 && (
        <Button icon="arrow-left" onClick={() => onStep(cursors.slice(0, -1))}>
          {m.back({}, lang)}
        </Button>
      )}
      {next !== null && <Button onClick={() => onStep([...cursors, next])}>{m.alerts_more({}, lang)}</Button>}
    </div>
  );
}
