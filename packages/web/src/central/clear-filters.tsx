/** Beside the filters of a list while any is set, because they stay when somebody comes back. */
import { m } from '@rsb/messages';
import { Button } from '../components/Button.tsx';
import { useLang } from '../language/language.tsx';
import type { ListQuery } from './list-query.ts';

export function ClearFilters({ list }: { readonly list: ListQuery }) {
  const lang = useLang();
  if (!list.isFiltered) return null;
  return (
    <Button kind="quiet" icon="x" onClick={list.clearFilters}>
      {m.fleet_clear({}, lang)}
    </Button>
  );
}
