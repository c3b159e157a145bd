/** First start: the code that central printed, the dealer's name, the first account. */
import type { CentralSession } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { faultAt, type Problem, wordProblem } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { PasswordField } from '../../components/PasswordField.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useLang } from '../../language/language.tsx';
import { useCentral } from '../central-context.tsx';
import { EntryFrame } from './entry-frame.tsx';

type Field = 'code' | 'dealer' | 'user' | 'password';
const EMPTY: Readonly<Record<Field, string>> = { code: '', dealer: '', user: '', password: '' };

/** The field that a fault speaks of, by its own word or by its code; null: none of them. */
function fieldOf(problem: Problem | null): Field | null {
  if (problem?.kind !== 'problem') return null;
  if (problem.code === 'setupCodeWrong' || problem.code === 'setupCodeNeeded') return 'code';
  if (problem.code === 'passwordTooShort') return 'password';
  const named = problem.errors[0]?.field?.slice(1);
  return named !== undefined && named in EMPTY ? (named as Field) : null;
}

export function FirstStartPage() {
  const lang = useLang();
  const { client, session, router } = useCentral();
  const [values, setValues] = useState(EMPTY);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const at = fieldOf(problem);
  const bind = (field: Field) => ({
    value: values[field],
    error:
      problem && at === field
        ? field === 'code'
          ? m.central_code_wrong({}, lang)
          : (faultAt(problem, `/${field}`, lang) ?? wordProblem(problem, lang))
        : undefined,
    onInput: (value: string) => {
      setValues((before) => ({ ...before, [field]: value }));
      setProblem(null);
    },
  });
  const complete = values.code.trim() !== '' && values.dealer.trim() !== '' && values.user.trim() !== '';

  const setUp = async () => {
    setBusy(true);
    const body = {
      code: values.code.trim(),
      dealer: values.dealer.trim(),
      user: values.user.trim(),
      password: values.password,
    };
    const answer = await client.send<CentralSession>('POST', '/setup', { body });
    setBusy(false);
    if (answer.ok) {
      router.replace('/');
      session.set(answer.value);
    } else if (answer.problem.kind === 'problem' && answer.problem.code === 'setupDone') {
      await session.load();
    } else setProblem(answer.problem);
  };
  return (
    <EntryFrame>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (complete && values.password !== '') void setUp();
        }}
      >
        <h1>{m.central_first_start({}, lang)}</h1>
        <p class="fact">{m.central_first_start_about({}, lang)}</p>
        <TextField
          {...bind('code')}
          label={m.setup_code({}, lang)}
          hint={m.central_code_hint({}, lang)}
          maxLength={64}
          inputClass="serial"
        />
        <TextField
          {...bind('dealer')}
          label={m.dealer_name({}, lang)}
          hint={m.dealer_name_hint({}, lang)}
          autocomplete="organization"
          maxLength={255}
        />
        <TextField
          {...bind('user')}
          label={m.user_name({}, lang)}
          hint={m.user_name_hint({}, lang)}
          autocomplete="username"
          maxLength={64}
        />
        <PasswordField
          {...bind('password')}
          label={m.password({}, lang)}
          hint={m.central_password_hint({}, lang)}
          autocomplete="new-password"
        />
        {problem && at === null && (
          <p class="crit" role="alert">
            {wordProblem(problem, lang)}
          </p>
        )}
        <div class="row-of-buttons">
          <Button
            kind="primary"
            type="submit"
            disabled={!complete || values.password === ''}
            busy={busy && m.central_setting_up({}, lang)}
          >
            {m.central_set_up({}, lang)}
          </Button>
        </div>
      </form>
    </EntryFrame>
  );
}
