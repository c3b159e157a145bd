/** What was sent to whom, newest first, with what the other side said. */
import type { DeliveryPage } from '@rsb/contract';
import { m } from '@rsb/messages';
import { PageState } from '../../components/States.tsx';
import { formatCount } from '../../format/count.ts';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { LoadedPart } from '../loaded-part.tsx';
import { useCursors } from '../use-cursors.ts';
import { useResource } from '../use-resource.ts';
import { ListSteps } from './list-steps.tsx';

type Delivery = DeliveryPage['deliveries'][number];

export function DeliveriesPart() {
  const lang = useLang();
  const [cursors, setCursors] = useCursors('');
  const cursor = cursors.at(-1) ?? null;
  const page = useResource<DeliveryPage>(
    `/alerts/deliveries?limit=50${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
  );
  return (
    <LoadedPart of={page} onRetry={() => void page.reload()}>
      {({ deliveries, next }) =>
        deliveries.length === 0 ? (
          <PageState title={m.deliveries_none({}, lang)} />
        ) : (
          <>
            <div class="panel list-panel">
              <DeliveryTable deliveries={deliveries} />
            </div>
            <ListSteps cursors={cursors} next={next} onStep={setCursors} />
          </>
        )
      }
    </LoadedPart>
  );
}

function DeliveryTable({ deliveries }: { readonly deliveries: readonly Delivery[] }) {
  const lang = useLang();
  const heads = [m.delivery_made, m.delivery_to, m.delivery_what, m.delivery_state, m.delivery_answer];
  return (
    <table class="table alerts-table">
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head({}, lang)} scope="col" class="head">
              {head({}, lang)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {deliveries.map((delivery) => (
          <DeliveryLine key={delivery.id} delivery={delivery} />
        ))}
      </tbody>
    </table>
  );
}

function DeliveryLine({ delivery }: { readonly delivery: Delivery }) {
  const lang = useLang();
  const dates = useDates();
  return (
    <tr>
      <td>{dates.full(delivery.madeAt)}</td>
      <td>
        <span>{delivery.channelName}</span>
        <span class="second">
          {delivery.kind === 'mail' ? m.channel_mail({}, lang) : m.channel_webhook({}, lang)}
          {delivery.channel === null && ` · ${m.delivery_removed({}, lang)}`}
        </span>
      </td>
      <td>
        <span>{delivery.test ? m.delivery_test({}, lang) : m.mail_subject_many({ count: delivery.alerts }, lang)}</span>
        <span class="second">{delivery.summary}</span>
      </td>
      <td>
        <span class={delivery.state === 'gaveUp' ? 'crit' : ''}>{stateWord(delivery, lang)}</span>
        <span class="second">
          {m.delivery_attempts({}, lang)} {formatCount(delivery.attempts, lang)}
          {delivery.state === 'waiting' &&
            delivery.nextAt !== null &&
            ` · ${m.delivery_next({ when: dates.full(delivery.nextAt) }, lang)}`}
        </span>
      </td>
      <td class="delivery-answer">{delivery.answer}</td>
    </tr>
  );
}

function stateWord({ state }: Delivery, lang: ReturnType<typeof useLang>): string {
  switch (state) {
    case 'waiting':
      return m.delivery_waiting({}, lang);
    case 'sending':
      return m.delivery_sending({}, lang);
    case 'delivered':
      return m.delivery_delivered({}, lang);
    case 'gaveUp':
      return m.delivery_gave_up({}, lang);
  }
}
