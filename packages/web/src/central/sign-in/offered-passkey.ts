/** A passkey that the browser offers at the name field. It may wait there for hours: its question is put anew before it ends. */
import { useEffect, useRef } from 'preact/hooks';
import { ask } from '../../api/client.ts';
import { api, type PasskeyAnswer } from '../api/central-api.ts';
import { useCentral } from '../central-context.tsx';
import { answerByPasskey, offersPasskeys } from './passkey.ts';

type Credential = PasskeyAnswer['credential'];

/** Of the time for which a question is good. */
const PART_OF_LIFE = 0.8;

/** Where the browser cannot, or central has no passkeys, nothing is seen of it. Returns how to take the offer back. */
export function useOfferedPasskey(onGiven: (credential: Credential) => void): () => void {
  const { client, clock } = useCentral();
  const end = useRef<AbortController | null>(null);
  const given = useRef(onGiven);
  given.current = onGiven;
  useEffect(() => {
    const mine = new AbortController();
    end.current = mine;
    const offer = async () => {
      const asked = await ask(client, api.askPasskey());
      if (!asked.ok || mine.signal.aborted) return;
      const question = new AbortController();
      const cancel = clock.after(asked.value.timeout * PART_OF_LIFE, () => question.abort());
      const answer = await answerByPasskey(asked.value, AbortSignal.any([mine.signal, question.signal]));
      cancel();
      if (mine.signal.aborted) return;
      if (answer.ok) given.current(answer.value);
      else if (question.signal.aborted) await offer();
    };
    void offersPasskeys().then((offers) => {
      if (offers && !mine.signal.aborted) void offer();
    });
    return () => mine.abort();
  }, [client, clock]);
  return () => end.current?.abort();
}
