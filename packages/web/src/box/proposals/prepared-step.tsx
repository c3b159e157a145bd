/** At a first start: what the dealer has prepared only needs a yes, before any network is chosen by hand. */
import { m } from '@rsb/messages';
import { useLang } from '../../language/language.tsx';
import { ProposalPanel } from './proposal-panel.tsx';
import { useProposals } from './use-proposals.ts';

/** `onAccepted`: the networks are confirmed, the scan may begin. */
export function PreparedStep({ onAccepted }: { readonly onAccepted: () => void }) {
  const lang = useLang();
  const { waiting, problem, busy, answer } = useProposals(true);
  const offer = waiting.find(({ settings }) => settings !== null);
  if (!offer) return null;
  const hasRanges = (offer.settings?.ranges ?? []).length > 0;
  return (
    <section aria-label={m.from_central_settings({}, lang)}>
      <ProposalPanel
        proposal={offer}
        problem={problem}
        busy={busy}
        bare
        onAnswer={(accept) =>
          void answer(offer.id, accept).then((done) => {
            if (done && accept && hasRanges) onAccepted();
          })
        }
      />
    </section>
  );
}
