/** Takes a box's right to report away, after asking. */
import type { CentralBoxView } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { type Problem, wordProblem } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { useToast } from '../../components/Toast.tsx';
import { useLang } from '../../language/language.tsx';
import { useCentral } from '../central-context.tsx';
import { boxOf } from './paths.ts';

export function RevokeBox({ box, onRevoked }: { readonly box: CentralBoxView; readonly onRevoked: () => void }) {
  const lang = useLang();
  const { client } = useCentral();
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const revoke = async () => {
    const answer = await client.send('DELETE', boxOf(box.customer, box.agent));
    if (!answer.ok) {
      setProblem(answer.problem);
      return;
    }
    toast({ text: m.box_revoked_now({ agent: box.agent }, lang) });
    onRevoked();
  };
  return (
    <>
      <Button
        small
        kind="danger"
        label={m.box_revoke_named({ agent: box.agent }, lang)}
        onClick={() => setAsking(true)}
      >
        {m.box_revoke({}, lang)}
      </Button>
      {problem && (
        <p class="crit" role="alert">
          {wordProblem(problem, lang)}
        </p>
      )}
      <ConfirmDialog
        open={asking}
        danger
        title={m.box_revoke_ask({ agent: box.agent }, lang)}
        confirm={m.box_revoke_named({ agent: box.agent }, lang)}
        cancel={m.cancel({}, lang)}
        onConfirm={() => void revoke()}
        onClose={() => setAsking(false)}
      >
        {m.box_revoke_next({}, lang)}
      </ConfirmDialog>
    </>
  );
}
