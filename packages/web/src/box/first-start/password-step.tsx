/** Who stands at the box proves it with the code that the box has shown, and sets its password. */
import type { SessionView } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { faultAt, type Problem, wordProblem } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { PasswordField } from '../../components/PasswordField.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useLang } from '../../language/language.tsx';
import { useBox, useLive } from '../box-context.tsx';
import { SecureOffer } from '../sign-in/insecure-page.tsx';
import { StepFrame } from './step-frame.tsx';

const OF_PASSWORD: readonly string[] = ['passwordTooShort'];

export function PasswordStep({ onDone }: { readonly onDone: () => void }) {
  const lang = useLang();
  const { client, live } = useBox();
  const { session } = useLive();
  const [code, setCode] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const words = problem ? wordProblem(problem, lang) : undefined;
  const isOfPassword = problem?.kind === 'problem' && OF_PASSWORD.includes(problem.code);

  const setUp = async () => {
    setBusy(true);
    const answer = await client.send<SessionView>('POST', '/setup', {
      body: { code: code.trim(), password, language: lang.locale },
    });
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok) return;
    live.setSession(answer.value);
    await live.reload();
    onDone();
  };
  if (session?.secureUrl) {
    return (
      <StepFrame title={m.secure_title({}, lang)} about={null} next={null}>
        <SecureOffer secureUrl={session.secureUrl} />
      </StepFrame>
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void setUp();
      }}
    >
      <StepFrame
        title={m.start_password_title({}, lang)}
        about={m.start_password_about({}, lang)}
        foot={m.nothing_sent_yet({}, lang)}
        next={
          <Button
            kind="primary"
            type="submit"
            disabled={code.trim() === '' || password === ''}
            busy={busy && m.saving({}, lang)}
          >
            {m.continue_on({}, lang)}
          </Button>
        }
      >
        <div class="stack step-form">
          <TextField
            label={m.setup_code({}, lang)}
            value={code}
            maxLength={64}
            inputClass="serial"
            hint={m.setup_code_hint({}, lang)}
            error={isOfPassword ? undefined : words}
            onInput={(text) => {
              setCode(text);
              setProblem(null);
            }}
          />
          <PasswordField
            label={m.password_for_box({}, lang)}
            value={password}
            autocomplete="new-password"
            hint={m.password_rule({}, lang)}
            error={faultAt(problem, '/password', lang) ?? (isOfPassword ? words : undefined)}
            onInput={(text) => {
              setPassword(text);
              setProblem(null);
            }}
          />
        </div>
      </StepFrame>
    </form>
  );
}
