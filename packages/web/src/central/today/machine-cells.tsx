/** What the lines of the day share: the machine with its model, the customer with its site. */

import { m } from '@rsb/messages';
import { useLang } from '../../language/language.tsx';
import { devicePath } from '../router.ts';

export interface LineMachine {
  readonly customer: string;
  readonly customerName: string;
  readonly siteName: string;
  readonly device: string;
  readonly name: string;
  readonly model: string | null;
}

export function MachineCell({ line }: { readonly line: LineMachine }) {
  return (
    <>
      <a class="cell-first row-link" href={devicePath(line.customer, line.device)} title={line.name}>
        {line.name}
      </a>
      <span class="cell-second" title={line.model ?? undefined}>
        {line.model ?? '?'}
      </span>
    </>
  );
}

export function PlaceCell({ line }: { readonly line: Pick<LineMachine, 'customerName' | 'siteName'> }) {
  return (
    <>
      <span class="cell-first" title={line.customerName}>
        {line.customerName}
      </span>
      {line.siteName !== '' && <span class="cell-second">{line.siteName}</span>}
    </>
  );
}

/** What is not shown stands in the fleet, under the view of the same name. */
export function MoreFoot({
  total,
  shown,
  view,
}: {
  readonly total: number;
  readonly shown: number;
  readonly view: string;
}) {
  const lang = useLang();
  if (total <= shown) return null;
  return (
    <p class="panel-foot">
      <span class="fact">{m.today_more({ n: String(total - shown) }, lang)}</span>{' '}
      <a href={`/fleet?view=${view}`}>{m.today_show_all({}, lang)}</a>
    </p>
  );
}
