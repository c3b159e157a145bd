/** Over lists that follow what boxes send: that the work is behind, and since when. Nothing while it keeps up. */
import type { FleetCounts } from '@rsb/contract';
import { m } from '@rsb/messages';
import { Banner } from '../components/Banner.tsx';
import { formatCount } from '../format/count.ts';
import { useDates } from '../format/dates-context.tsx';
import { useLang } from '../language/language.tsx';
import { useNow } from './central-context.tsx';
import { useResource } from './use-resource.ts';

/** `alerts`: what is shown follows the look at alerts too. */
export function WorkBehindBanner({ alerts = false }: { readonly alerts?: boolean }) {
  const lang = useLang();
  const dates = useDates();
  const now = useNow(30_000);
  const { value } = useResource<FleetCounts>('/fleet/counts');
  const readings = value?.behind.readings ?? null;
  const behind = readings ?? (alerts ? (value?.behind.alerts ?? null) : null);
  if (!behind) return null;
  const n = { count: behind.machines, n: formatCount(behind.machines, lang) };
  return (
    <div class="stale-banner">
      <Banner
        kind="plain"
        icon="clock"
        fact={readings ? m.fleet_behind(n, lang) : m.fleet_behind_alerts(n, lang)}
        next={
          behind.since === null
            ? m.fleet_behind_update({}, lang)
            : m.fleet_behind_since({ time: dates.near(Date.parse(behind.since), now) }, lang)
        }
      />
    </div>
  );
}
