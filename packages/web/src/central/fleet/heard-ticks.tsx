/** The last 24 hours as ticks: a tall one where something was heard, a short one where not (LOOK §8). */
import { m } from '@rsb/messages';
import { useLang } from '../../language/language.tsx';
import './heard-ticks.css';

export function HeardTicks({ hours }: { readonly hours: readonly boolean[] }) {
  const lang = useLang();
  const count = hours.filter(Boolean).length;
  return (
    <svg
      class="heard-ticks"
      viewBox="0 0 142 12"
      width="142"
      height="12"
      role="img"
      aria-label={m.boxes_hours({ count, n: String(count) }, lang)}
    >
      {hours.map((heard, at) => (
        <rect
          key={at}
          class={heard ? 'heard-tick' : 'heard-gap'}
          x={at * 6}
          y={heard ? 0 : 10}
          width={4}
          height={heard ? 12 : 2}
        />
      ))}
    </svg>
  );
}
