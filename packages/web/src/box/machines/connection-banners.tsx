/** What stands between the reader and fresh values: the line to the box, the line to central, an action that failed. */
import { m } from '@rsb/messages';
import { wordFault } from '@rsb/messages/fault';
import { useEffect, useState } from 'preact/hooks';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { lengthAhead } from '../../format/age.ts';
import { formatCount } from '../../format/count.ts';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { useBox, useBoxView, useLive, useNow } from '../box-context.tsx';

export function ConnectionBanners() {
  return (
    <>
      <OfflineBanner />
      <CentralBanner />
    </>
  );
}

/** A blink is nobody's business: the banner comes after three seconds. */
const QUIET = 3000;

function OfflineBanner() {
  const lang = useLang();
  const { clock, live } = useBox();
  const { connection } = useLive();
  const [at, setAt] = useState(() => clock.monotonic());
  const lost = connection.state === 'lost';
  useEffect(() => {
    if (!lost) return undefined;
    let cancel = () => {};
    const tick = () => {
      setAt(clock.monotonic());
      cancel = clock.after(1000, tick);
    };
    tick();
    return () => cancel();
  }, [lost, clock]);
  if (connection.state !== 'lost' || at - connection.since < QUIET) return null;
  return (
    <Banner
      icon="wifi-off"
      fact={m.box_lost({ time: lengthAhead((at - connection.since) / 1000, lang) }, lang)}
      next={m.box_lost_retry({ time: lengthAhead(Math.max(0, connection.retryAt - at) / 1000, lang) }, lang)}
      action={
        <Button small onClick={() => live.retry()}>
          {m.try_again({}, lang)}
        </Button>
      }
    />
  );
}

function CentralBanner() {
  const lang = useLang();
  const dates = useDates();
  const now = useNow(60_000);
  const { central } = useBoxView();
  if (central.state !== 'notReached') return null;
  const since = central.since ?? central.lastReached;
  return (
    <Banner
      icon="cloud-off"
      fact={since ? m.central_lost_since({ when: dates.near(since, now) }, lang) : m.central_lost({}, lang)}
      next={
        <>
          {m.central_lost_waiting({ count: central.waiting, waiting: formatCount(central.waiting, lang) }, lang)}{' '}
          {central.fault && wordFault(central.fault, lang.locale)}
        </>
      }
    />
  );
}
