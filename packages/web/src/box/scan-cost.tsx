/** Beside "Scan now": what a scan of all ranges that are on would cost, as the box reckons it without sending anything. */
import type { LoadView } from '@rsb/contract';
import { m } from '@rsb/messages';
import { lengthAhead } from '../format/age.ts';
import { formatBytes, formatCount } from '../format/count.ts';
import { useLang } from '../language/language.tsx';
import { useAnswer } from './use-answer.ts';

/** Seconds at most, of minutes that are told in tenths. */
export const secondsAtMost = (minutes: number): number => (minutes + 0.05) * 60;

export function ScanCost() {
  const lang = useLang();
  const scan = useAnswer<LoadView>('/load?days=1').value?.scan;
  if (!scan) return null;
  const { addresses: count, packets, kilobytes, minutes } = scan;
  const addresses = m.addresses({ count, addresses: formatCount(count, lang) }, lang);
  return (
    <span class="fact num">
      {minutes === null ? addresses : m.scan_cost({ addresses, time: lengthAhead(secondsAtMost(minutes), lang) }, lang)}
      <br />
      {m.scan_cost_data({ packets: formatCount(packets, lang), data: formatBytes(kilobytes * 1000, lang) }, lang)}
    </span>
  );
}
