/** How many alerts are open; the one coloured count of the sidebar. */
import type { AlertPage } from '@rsb/contract';
import { formatCount } from '../../format/count.ts';
import { useLang } from '../../language/language.tsx';
import { useResource } from '../use-resource.ts';

export function AlertsCount() {
  const lang = useLang();
  const { value } = useResource<AlertPage>('/alerts?status=live&limit=1');
  if (!value) return null;
  const { critical, warning } = value.counts;
  const total = critical + warning;
  const tone = critical > 0 ? ' crit' : warning > 0 ? ' warn' : '';
  return <span class={`sidebar-count num${tone}`}>{formatCount(total, lang)}</span>;
}
