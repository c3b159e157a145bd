/** Pages of twelve weeks as small bars, mono at the foot and color above it; what was not told leaves its place empty. */
import type { FleetMachine } from '@rsb/contract';
import { m } from '@rsb/messages';
import { formatCount } from '../../format/count.ts';
import { useLang } from '../../language/language.tsx';

const HEIGHT = 20;

export function WeeksSpark({ weeks }: { readonly weeks: FleetMachine['weeks'] }) {
  const lang = useLang();
  const sums = weeks.map((week) => (week === null ? 0 : week[0] + week[1]));
  const most = Math.max(1, ...sums);
  const words = weeks.map((week, at) => (week === null ? '?' : formatCount(sums[at] ?? 0, lang))).join(', ');
  return (
    <svg
      class="weeks-spark"
      viewBox={`0 0 84 ${HEIGHT}`}
      width="84"
      height={HEIGHT}
      role="img"
      aria-label={m.fleet_weeks({ weeks: words }, lang)}
    >
      {weeks.map((week, at) => {
        if (week === null) return null;
        const [mono, color] = week.map((pages) => (pages * HEIGHT) / most) as [number, number];
        return (
          <g key={at}>
            <rect class="spark-mono" x={at * 7} y={HEIGHT - mono} width={5.5} height={mono} />
            {color > 0 && <rect class="spark-color" x={at * 7} y={HEIGHT - mono - color} width={5.5} height={color} />}
          </g>
        );
      })}
    </svg>
  );
}
