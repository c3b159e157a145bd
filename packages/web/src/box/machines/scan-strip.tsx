/** A running scan: where it is, what it has found, how long it still takes, Stop. */
import type { ScanProgress } from '@rsb/contract';
import { m } from '@rsb/messages';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Progress } from '../../components/Progress.tsx';
import { lengthAhead } from '../../format/age.ts';
import { formatCount } from '../../format/count.ts';
import { useLang } from '../../language/language.tsx';
import { useMachineActions } from '../actions-context.tsx';
import { useSignedIn } from '../box-context.tsx';
import './scan-strip.css';

export function ScanStrip({ scan }: { readonly scan: ScanProgress }) {
  const lang = useLang();
  const signedIn = useSignedIn();
  const { stopScan } = useMachineActions();
  const shown = (value: number) => formatCount(value, lang);
  return (
    <section class="scan no-print" aria-label={m.scan_running({ range: scan.range }, lang)}>
      <div class="scan-line">
        <Icon name="radar" />
        <b>{m.scan_running({ range: scan.range }, lang)}</b>
        <span class="fact num">
          {m.scan_addresses({ done: shown(scan.done), count: scan.addresses, addresses: shown(scan.addresses) }, lang)}
        </span>
        <span class="fact num scan-alive">{m.scan_alive({ count: scan.alive, alive: shown(scan.alive) }, lang)}</span>
        <span class="fact num">{m.scan_printers({ count: scan.printers, printers: shown(scan.printers) }, lang)}</span>
        {scan.secondsLeft !== null && (
          <span class="fact num scan-left">{m.scan_left({ time: lengthAhead(scan.secondsLeft, lang) }, lang)}</span>
        )}
        {signedIn && (
          <Button small onClick={stopScan}>
            {m.scan_stop({}, lang)}
          </Button>
        )}
      </div>
      <Progress done={scan.done} of={scan.addresses} label={m.scan_running({ range: scan.range }, lang)} />
    </section>
  );
}
