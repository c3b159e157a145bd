/** The boxes of a customer: whether each is heard, what waits on it, what was put aside of it. */
import type { CentralBoxView } from '@rsb/contract';
import { m } from '@rsb/messages';
import { HeadCell, TwoLines } from '../../components/DataTable.tsx';
import { type Count, formatCount } from '../../format/count.ts';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { Heard } from '../heard.tsx';
import { useMayWrite } from '../may.ts';
import { boxPath } from '../router.ts';
import { UnreachedCount } from '../unreached.tsx';
import { RevokeBox } from './revoke-box.tsx';

export interface BoxTableProps {
  readonly boxes: readonly CentralBoxView[];
  readonly now: number;
  readonly onChanged: () => void;
}

export function BoxTable({ boxes, now, onChanged }: BoxTableProps) {
  const lang = useLang();
  const dates = useDates();
  const mayWrite = useMayWrite();
  const shown = (count: Count | null) =>
    count === null ? (
      <span class="none">?</span>
    ) : count === 0 ? (
      <span class="none">{m.none({}, lang)}</span>
    ) : (
      formatCount(count, lang)
    );
  return (
    <table class="table box-table">
      <thead>
        <tr>
          <HeadCell first={m.box_agent({}, lang)} />
          <HeadCell first={m.last_heard({}, lang)} />
          <HeadCell first={m.machines({}, lang)} numeric />
          <HeadCell first={m.box_waiting({}, lang)} numeric />
          <HeadCell first={m.box_quarantined({}, lang)} numeric />
          <HeadCell first={m.box_version({}, lang)} />
          <HeadCell first={m.box_zone({}, lang)} />
          <HeadCell first={<span class="visually-hidden">{m.actions({}, lang)}</span>} />
        </tr>
      </thead>
      <tbody>
        {boxes.map((box) => (
          <tr
            key={box.agent}
            class={box.revokedAt === null && box.leftAt === null ? 'row row-line' : 'row row-line old'}
          >
            <th scope="row">
              <a class="row-link num" href={boxPath(box.customer, box.agent)}>
                {box.agent}
              </a>
            </th>
            <td data-name={m.last_heard({}, lang)}>
              {box.leftAt !== null ? (
                <span class="none" title={dates.full(box.leftAt)}>
                  {m.box_left_on({ day: dates.day(box.leftAt) }, lang)}
                </span>
              ) : box.revokedAt === null ? (
                <>
                  <Heard at={box.lastHeard} now={now} hours={box.silentHours} />
                  <UnreachedCount ranges={box.unreached} />
                </>
              ) : (
                <span class="none" title={dates.full(box.revokedAt)}>
                  {m.box_revoked_on({ day: dates.day(box.revokedAt) }, lang)}
                </span>
              )}
            </td>
            <td class="cell-numeric" data-name={m.machines({}, lang)}>
              {shown(box.devices)}
            </td>
            <td class="cell-numeric" data-name={m.box_waiting({}, lang)}>
              {shown(box.waiting)}
            </td>
            <td
              class={box.quarantined > 0 ? 'cell-numeric warn' : 'cell-numeric'}
              data-name={m.box_quarantined({}, lang)}
            >
              {shown(box.quarantined)}
            </td>
            <td data-name={m.box_version({}, lang)}>{box.version ?? <span class="none">?</span>}</td>
            <td data-name={m.box_zone({}, lang)}>
              <TwoLines first={box.zone ?? <span class="none">?</span>} />
            </td>
            <td class="box-action">
              {mayWrite && box.revokedAt === null && box.leftAt === null && (
                <RevokeBox box={box} onRevoked={onChanged} />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
