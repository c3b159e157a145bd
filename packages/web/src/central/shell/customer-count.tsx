/** How many customers there are, once it is known. */
import type { CustomerView } from '@rsb/contract';
import { formatCount } from '../../format/count.ts';
import { useLang } from '../../language/language.tsx';
import { useResource } from '../use-resource.ts';

export function CustomerCount() {
  const lang = useLang();
  const { value } = useResource<readonly CustomerView[]>('/customers');
  return value ? <span class="sidebar-count num">{formatCount(value.length, lang)}</span> : null;
}
