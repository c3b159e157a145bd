/** Removing a machine from the box: asks first, names it, and says what goes and what stays. */
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { wordProblem } from '../../api/client.ts';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { useToast } from '../../components/Toast.tsx';
import { useLang } from '../../language/language.tsx';
import { useBox } from '../box-context.tsx';
import type { MachineRow } from '../machines/machine-row.ts';

export function RemoveMachine({ row }: { readonly row: MachineRow }) {
  const lang = useLang();
  const toast = useToast();
  const { client, router, live } = useBox();
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const { name } = row;
  const remove = async () => {
    const answer = await client.send('DELETE', `/devices/${encodeURIComponent(row.id)}`);
    if (!answer.ok) {
      setFailure(wordProblem(answer.problem, lang));
      if (answer.problem.kind === 'problem' && answer.problem.status === 401) void live.reload();
      return;
    }
    router.go('/');
    toast({ text: m.machine_removed({ name }, lang) });
  };
  return (
    <div class="machine-remove no-print">
      {failure !== null && <Banner icon="circle-alert" fact={failure} />}
      <Button kind="danger" icon="trash-2" onClick={() => setAsking(true)}>
        {m.machine_remove({}, lang)}
      </Button>
      <span class="hint">{m.machine_remove_hint({}, lang)}</span>
      <ConfirmDialog
        open={asking}
        title={m.machine_remove_title({ name }, lang)}
        confirm={m.machine_remove_confirm({ name }, lang)}
        cancel={m.cancel({}, lang)}
        danger
        onConfirm={() => void remove()}
        onClose={() => setAsking(false)}
      >
        {m.machine_remove_about({}, lang)}
      </ConfirmDialog>
    </div>
  );
}
