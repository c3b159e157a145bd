/** Who is signed in now; an administrator sees all, others their own. */
import type { SessionList } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { useBox, useNow } from '../box-context.tsx';
import { useAnswer } from '../use-answer.ts';

const EVERY = 60_000;

export function SessionsPanel() {
  const lang = useLang();
  const dates = useDates();
  const now = useNow(EVERY);
  const { client } = useBox();
  const { value } = useAnswer<SessionList>('/sessions', EVERY);
  const [ended, setEnded] = useState<readonly string[]>([]);
  const end = async (id: string) => {
    const answer = await client.send('DELETE', `/sessions/${id}`);
    if (answer.ok) setEnded([...ended, id]);
  };
  const sessions = (value?.sessions ?? []).filter(({ id }) => !ended.includes(id));
  return (
    <Panel title={m.sessions_title({}, lang)} id="sessions">
      <ul class="ping-only sessions">
        {sessions.map(({ id, name, address, lastSeen, current }) => (
          <li key={id}>
            <span>
              <b>{name}</b> <span class="num">{address}</span>
            </span>
            <span class="hint">{current ? m.sessions_this({}, lang) : dates.near(lastSeen, now)}</span>
            {current ? (
              <span />
            ) : (
              <Button
                small
                kind="quiet"
                label={m.sessions_end_named({ name, address }, lang)}
                onClick={() => void end(id)}
              >
                {m.sessions_end({}, lang)}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
