/** The self-test: what `rsb doctor` looks at, at a press. */
import type { Finding, SelfTest } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useState } from 'preact/hooks';
import { type Problem, wordProblem } from '../../api/client.ts';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import type { IconName } from '../../look/icons.ts';
import { useBox } from '../box-context.tsx';

/** Central may take its time to be called unreachable. */
const PATIENCE = 90_000;

const ICONS: Readonly<Record<Finding['state'], IconName>> = {
  ok: 'circle-check',
  limits: 'triangle-alert',
  fails: 'octagon-alert',
  skipped: 'circle-question-mark',
};
const CLASSES: Readonly<Record<Finding['state'], string>> = {
  ok: 'finding',
  limits: 'finding warn',
  fails: 'finding crit',
  skipped: 'finding fact',
};

export function SelfTestPanel() {
  const lang = useLang();
  const dates = useDates();
  const { client } = useBox();
  const [test, setTest] = useState<SelfTest | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    const answer = await client.send<SelfTest>('POST', '/health/test', { patience: PATIENCE });
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok) setTest(answer.value);
  };
  const words = {
    ok: m.health_found_ok({}, lang),
    limits: m.health_found_limits({}, lang),
    fails: m.health_found_fails({}, lang),
    skipped: m.line_skipped({}, lang),
  };
  return (
    <Panel
      id="self-test"
      title={m.health_test({}, lang)}
      fact={test ? m.health_test_at({ time: dates.time(test.at) }, lang) : undefined}
      right={
        <Button small icon="refresh-cw" busy={busy ? m.health_testing({}, lang) : undefined} onClick={() => void run()}>
          {m.health_test_run({}, lang)}
        </Button>
      }
    >
      {problem && <p class="crit">{wordProblem(problem, lang)}</p>}
      {!test && !problem && <p class="fact">{m.health_test_about({}, lang)}</p>}
      <ul class="findings" aria-live="polite">
        {test?.findings.map(({ check, state, text }) => (
          <li key={check} class={CLASSES[state]}>
            <Icon name={ICONS[state]} label={words[state]} />
            <span>{text}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
