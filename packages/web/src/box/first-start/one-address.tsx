/** One address tried before anything is scanned: whether it answers, and if not, why. */
import type { DiagnosisView } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import type { Problem } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useLang } from '../../language/language.tsx';
import { useBox } from '../box-context.tsx';
import { Diagnosis, refusal } from '../settings/address-panel.tsx';
import { type ChosenNetwork, saveNetworks } from './first-settings.ts';

/** Every credential is given its tries. */
const PATIENCE = 120_000;

export interface OneAddressProps {
  readonly networks: readonly ChosenNetwork[];
  readonly community: string;
}

export function OneAddress({ networks, community }: OneAddressProps) {
  const lang = useLang();
  const { client } = useBox();
  const [address, setAddress] = useState('');
  const [busy, setBusy] = useState(false);
  const [diagnosis, setDiagnosis] = useState<DiagnosisView | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const run = async () => {
    setBusy(true);
    setDiagnosis(null);
    const saved = await saveNetworks(client, networks, community);
    const answer = saved.ok
      ? await client.send<DiagnosisView>('POST', '/test', { body: { address: address.trim() }, patience: PATIENCE })
      : saved;
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok) setDiagnosis(answer.value);
  };
  return (
    <>
      <h2>{m.start_test_title({}, lang)}</h2>
      <form
        class="add-line"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy && address.trim() !== '') void run();
        }}
      >
        <TextField
          label={m.test_address({}, lang)}
          value={address}
          inputClass="num"
          maxLength={64}
          disabled={networks.length === 0}
          hint={networks.length === 0 ? m.start_test_tick({}, lang) : m.start_test_about({}, lang)}
          error={problem ? refusal(problem, lang) : undefined}
          onInput={(text) => {
            setAddress(text);
            setProblem(null);
          }}
        />
        <Button type="submit" disabled={networks.length === 0} busy={busy && m.test_running({}, lang)}>
          {m.test_run({}, lang)}
        </Button>
      </form>
      <div aria-live="polite">{diagnosis && <Diagnosis diagnosis={diagnosis} />}</div>
    </>
  );
}
