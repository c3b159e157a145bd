/** Enrols this box at central with the dealer's one-time code. Used by settings and first start. */
import type { BoxView } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { faultAt, type Problem, wordProblem } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useLang } from '../../language/language.tsx';
import { useBox } from '../box-context.tsx';

export interface EnrolFormProps {
  readonly url: string;
  readonly onUrl: (url: string) => void;
  readonly onEnrolled?: () => void;
}

/** Faults of the code itself stand at the code; those of the line stand at the address. */
const OF_CODE: readonly string[] = ['codeUnknown', 'codeUsed', 'codeExpired', 'alreadyEnrolled', 'tooManyRequests'];
/** Central may sit behind a slow line and a proxy. */
const PATIENCE = 60_000;

export function EnrolForm({ url, onUrl, onEnrolled }: EnrolFormProps) {
  const lang = useLang();
  const { client, live } = useBox();
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const words = problem ? wordProblem(problem, lang) : undefined;
  const isOfCode = problem?.kind === 'problem' && OF_CODE.includes(problem.code);
  const enrol = async () => {
    setBusy(true);
    const answer = await client.send<BoxView>('POST', '/enrolment', {
      body: { url: url.trim(), code: code.trim() },
      patience: PATIENCE,
    });
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok) return;
    live.putBox(answer.value);
    onEnrolled?.();
  };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void enrol();
      }}
    >
      <div class="form-grid">
        <TextField
          label={m.set_central_url({}, lang)}
          type="url"
          value={url}
          maxLength={500}
          placeholder="https://central.example"
          hint={m.central_url_hint({}, lang)}
          error={faultAt(problem, '/url', lang) ?? (isOfCode ? undefined : words)}
          onInput={(text) => {
            onUrl(text);
            setProblem(null);
          }}
        />
        <TextField
          label={m.enrolment_code({}, lang)}
          value={code}
          maxLength={64}
          inputClass="serial"
          hint={m.enrolment_code_hint({}, lang)}
          error={isOfCode ? words : undefined}
          onInput={(text) => {
            setCode(text);
            setProblem(null);
          }}
        />
      </div>
      <div>
        <Button
          kind="primary"
          type="submit"
          disabled={url.trim() === '' || code.trim() === ''}
          busy={busy && m.enrolling({}, lang)}
        >
          {m.enrol({}, lang)}
        </Button>
      </div>
    </form>
  );
}
