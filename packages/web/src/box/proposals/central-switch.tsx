/** What central may do on this box: the customer's own switch. */
import type { FromCentral, SettingsView } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { type Problem, wordProblem } from '../../api/client.ts';
import { SelectField } from '../../components/SelectField.tsx';
import { useLang } from '../../language/language.tsx';
import { useBox, useSignedIn } from '../box-context.tsx';
import { useAnswer } from '../use-answer.ts';

type Choice = FromCentral['settings'];

export function CentralSwitch() {
  const lang = useLang();
  const { client } = useBox();
  const signedIn = useSignedIn();
  const { value, reload } = useAnswer<SettingsView>(signedIn ? '/settings' : null);
  const [problem, setProblem] = useState<Problem | null>(null);
  if (!value) return null;
  const { fromCentral } = value;
  const change = async (changed: Partial<FromCentral>) => {
    const done = await client.send('PUT', '/disclosure', {
      body: { fromCentral: { ...fromCentral, ...changed } },
      ifMatch: value.revision,
    });
    setProblem(done.ok ? null : done.problem);
    await reload();
  };
  const choices: readonly { readonly value: Choice; readonly text: string }[] = [
    { value: 'ask', text: m.from_central_ask({}, lang) },
    { value: 'allow', text: m.from_central_allow({}, lang) },
    { value: 'never', text: m.from_central_never({}, lang) },
  ];
  return (
    <div class="stack from-central">
      <b>{m.from_central_title({}, lang)}</b>
      <p class="hint">{m.from_central_about({}, lang)}</p>
      <SelectField
        label={m.from_central_settings({}, lang)}
        value={fromCentral.settings}
        choices={choices}
        onChange={(settings) => void change({ settings })}
      />
      <SelectField
        label={m.from_central_commands({}, lang)}
        value={fromCentral.commands}
        choices={choices}
        onChange={(commands) => void change({ commands })}
        error={problem && wordProblem(problem, lang)}
      />
    </div>
  );
}
