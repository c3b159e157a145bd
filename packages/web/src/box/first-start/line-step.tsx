/** Line check: before a code is typed in, whether the way to central is open, and if not, what is missing. */
import { m } from '@rsb/messages';
import { useEffect } from 'preact/hooks';
import { wordProblem } from '../../api/client.ts';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useLang } from '../../language/language.tsx';
import { faultsOf, LineFindings } from './line-findings.tsx';
import { StepFrame } from './step-frame.tsx';
import type { LineCheckState } from './use-line-check.ts';

export interface LineStepProps {
  readonly url: string;
  readonly onUrl: (url: string) => void;
  readonly check: LineCheckState;
  readonly onNext: () => void;
}

export function LineStep({ url, onUrl, check, onNext }: LineStepProps) {
  const lang = useLang();
  const { findings, running, problem, run } = check;
  useEffect(() => {
    // Without a central named, nothing is sent to look at link, address, name service and clock.
    if (findings.size === 0 && !running && url.trim() === '') void run('');
  }, []);
  const isOpen = findings.get('central')?.state === 'ok';
  const hasFaults = faultsOf(findings).length > 0;
  return (
    <StepFrame
      title={m.start_line_title({}, lang)}
      about={m.start_line_about({}, lang)}
      foot={m.line_foot({}, lang)}
      next={
        <Button kind={isOpen ? 'primary' : 'plain'} disabled={running} onClick={onNext}>
          {isOpen || !hasFaults ? m.continue_on({}, lang) : m.line_go_on_anyway({}, lang)}
        </Button>
      }
    >
      <form
        class="add-line"
        onSubmit={(event) => {
          event.preventDefault();
          void run(url);
        }}
      >
        <TextField
          label={m.set_central_url({}, lang)}
          type="url"
          value={url}
          maxLength={500}
          placeholder="https://central.example"
          hint={m.line_central_optional({}, lang)}
          onInput={onUrl}
        />
        <Button kind={isOpen ? 'plain' : 'primary'} type="submit" busy={running && m.line_checking({}, lang)}>
          {findings.has('central') && !running ? m.line_check_again({}, lang) : m.line_check_run({}, lang)}
        </Button>
      </form>
      {problem && <Banner icon="circle-alert" fact={wordProblem(problem, lang)} />}
      <LineFindings findings={findings} running={running} />
    </StepFrame>
  );
}
