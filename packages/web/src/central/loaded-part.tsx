/** What stands where something of the server is shown: its value, grey rows while it is on its way, or why there is none. */
import { m } from '@rsb/messages';
import type { ComponentChildren } from 'preact';
import { wordProblem } from '../api/client.ts';
import { Banner } from '../components/Banner.tsx';
import { Button } from '../components/Button.tsx';
import { LoadingRows, PageState } from '../components/States.tsx';
import { useDates } from '../format/dates-context.tsx';
import { useLang } from '../language/language.tsx';
import { useNow } from './central-context.tsx';
import type { Loaded } from './resources.ts';

/** The address leads to nothing that central has, or that this reader may see. */
export const isMissing = ({ problem }: Pick<Loaded<unknown>, 'problem'>): boolean =>
  problem?.kind === 'problem' && problem.status === 404;

export interface LoadedPartProps<T> {
  readonly of: Loaded<T>;
  readonly onRetry: () => void;
  readonly rows?: number;
  readonly children: (value: T) => ComponentChildren;
}

export function LoadedPart<T>({ of, onRetry, rows = 6, children }: LoadedPartProps<T>) {
  const lang = useLang();
  const again = (
    <Button icon="refresh-cw" small onClick={onRetry}>
      {m.try_again({}, lang)}
    </Button>
  );
  if (isMissing(of))
    return <PageState title={m.nothing_here({}, lang)} action={<a href="/customers">{m.to_customers({}, lang)}</a>} />;
  if (of.value === null) {
    return of.problem ? (
      <PageState title={m.part_not_loaded({}, lang)} action={again}>
        {wordProblem(of.problem, lang)}
      </PageState>
    ) : (
      <LoadingRows rows={rows} label={m.loading({}, lang)} />
    );
  }
  return (
    <>
      {of.problem && <StaleBanner of={of} again={again} />}
      {children(of.value)}
    </>
  );
}

/** What is shown stays true as of its time; only the refreshing failed. */
export function StaleBanner({ of, again }: { readonly of: Loaded<unknown>; readonly again?: ComponentChildren }) {
  const lang = useLang();
  const dates = useDates();
  const now = useNow();
  if (!of.problem) return null;
  return (
    <div class="stale-banner">
      <Banner
        icon="cloud-off"
        fact={wordProblem(of.problem, lang)}
        next={of.at === null ? undefined : m.shown_as_of({ time: dates.near(of.at, now) }, lang)}
        action={again}
      />
    </div>
  );
}
