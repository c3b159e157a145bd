/** What stands at an address that names a customer, a box, a machine or an alert which is not there. */
import { m } from '@rsb/messages';
import type { ComponentChildren } from 'preact';
import { PageState } from '../components/States.tsx';
import { useLang } from '../language/language.tsx';

export interface MissingPageProps {
  readonly title: string;
  /** Where the way back leads; left out: to the customers. */
  readonly back?: ComponentChildren;
}

export function MissingPage({ title, back }: MissingPageProps) {
  const lang = useLang();
  return (
    <main id="content" class="page">
      <PageState whole title={title} action={back ?? <a href="/customers">{m.to_customers({}, lang)}</a>}>
        {m.missing_why({}, lang)}
      </PageState>
    </main>
  );
}
