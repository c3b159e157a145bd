/** Machines in trouble: the gravest first, of these the longest. */
import type { TodayView, TroubleLine } from '@rsb/contract';
import { m } from '@rsb/messages';
import { StateWord } from '../../components/StateWord.tsx';
import { useLang } from '../../language/language.tsx';
import { statusErrorWord, statusStateWord } from '../../reading/machine-state.ts';
import type { Acting } from './attention.tsx';
import { LinesPanel } from './lines-panel.tsx';

interface TroublePanelProps {
  readonly value: TodayView;
  readonly now: number;
  readonly acting: Acting;
}

export function TroublePanel({ value: { trouble }, now, acting }: TroublePanelProps) {
  const lang = useLang();
  return (
    <LinesPanel
      view="trouble"
      title={m.today_trouble({}, lang)}
      order={m.today_trouble_order({}, lang)}
      whatHead={m.today_what({}, lang)}
      nothing={m.today_no_trouble({}, lang)}
      lines={trouble.lines}
      total={trouble.total}
      what={(line) => <TroubleWord line={line} />}
      isCritical={({ severity }) => severity === 'critical'}
      now={now}
      acting={acting}
    />
  );
}

function TroubleWord({ line }: { readonly line: TroubleLine }) {
  const lang = useLang();
  const { what, severity, detail } = line;
  return (
    <StateWord
      icon={severity === 'critical' ? 'octagon-alert' : 'triangle-alert'}
      word={what === 'down' ? statusStateWord('down', lang) : statusErrorWord(what, lang)}
      severity={severity}
      detail={detail}
      detailTitle={detail ?? undefined}
    />
  );
}
