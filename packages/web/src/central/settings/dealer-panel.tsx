/** Name and hotline of the dealer, as they stand at the top of every box's page. */
import type { DealerRequest } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useEffect, useState } from 'preact/hooks';
import { type Problem, wordProblem } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { Panel } from '../../components/Panel.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useToast } from '../../components/Toast.tsx';
import { useLang } from '../../language/language.tsx';
import { useCentral } from '../central-context.tsx';
import { useResource } from '../use-resource.ts';

export function DealerPanel() {
  const lang = useLang();
  const { client } = useCentral();
  const toast = useToast();
  const dealer = useResource<DealerRequest>('/dealer');
  const [name, setName] = useState('');
  const [hotline, setHotline] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const known = dealer.value;
  useEffect(() => {
    if (!known) return;
    setName(known.name);
    setHotline(known.hotline ?? '');
  }, [known]);
  const save = async () => {
    const body: DealerRequest = { name: name.trim(), hotline: hotline.trim() || null };
    const done = await client.send<DealerRequest>('PUT', '/dealer', { body });
    setProblem(done.ok ? null : done.problem);
    if (!done.ok) return;
    toast({ text: m.dealer_saved({}, lang) });
    await dealer.reload();
  };
  return (
    <Panel title={m.dealer_title({}, lang)}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <p class="fact">{m.dealer_about({}, lang)}</p>
        <TextField label={m.dealer_name({}, lang)} value={name} maxLength={255} onInput={setName} />
        <TextField
          label={m.dealer_hotline({}, lang)}
          value={hotline}
          maxLength={255}
          error={problem && wordProblem(problem, lang)}
          onInput={setHotline}
        />
        <p class="row-of-buttons">
          <Button kind="primary" type="submit" disabled={name.trim() === ''}>
            {m.dealer_save({}, lang)}
          </Button>
        </p>
      </form>
    </Panel>
  );
}
