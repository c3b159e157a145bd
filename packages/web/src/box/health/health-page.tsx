/** Health: is central reached, is the clock right, is there room, did the work run; self-test and log. */
import type { HealthView } from '@rsb/contract';
import { m } from '@rsb/messages';
import type { ComponentChildren } from 'preact';
import { readableFault, wordProblem } from '../../api/client.ts';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { Meter } from '../../components/Meter.tsx';
import { Panel } from '../../components/Panel.tsx';
import { Rich } from '../../components/Rich.tsx';
import { LoadingRows, PageState } from '../../components/States.tsx';
import { agoText, lengthAhead } from '../../format/age.ts';
import { formatBytes, formatCount } from '../../format/count.ts';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { useNow, useSignedIn } from '../box-context.tsx';
import { UnreachedBanners } from '../unreached-banners.tsx';
import { useAnswer } from '../use-answer.ts';
import { LogPanel } from './log-panel.tsx';
import { SelfTestPanel } from './self-test-panel.tsx';
import './health.css';

const EVERY = 15_000;

export function HealthPage() {
  const lang = useLang();
  const signedIn = useSignedIn();
  const { value, problem, reload } = useAnswer<HealthView>('/health', EVERY);
  return (
    <main id="content" class="page health">
      <h1 class="visually-hidden">{m.health_title({}, lang)}</h1>
      {value === null && !problem && <LoadingRows label={m.loading({}, lang)} />}
      {value === null && problem && (
        <PageState
          title={m.part_not_loaded({}, lang)}
          action={
            <Button icon="refresh-cw" onClick={() => void reload()}>
              {m.try_again({}, lang)}
            </Button>
          }
        >
          {wordProblem(problem, lang)}
        </PageState>
      )}
      {value && (
        <>
          {problem && <Banner icon="cloud-off" fact={wordProblem(problem, lang)} />}
          <p class="sentence">
            <Sentence health={value} />
          </p>
          <StorageBanner health={value} />
          <UnreachedBanners ranges={value.unreached} />
          <div class="health-grid">
            <CentralPanel health={value} />
            <ClockPanel health={value} />
            <StoragePanel health={value} />
            <WorkPanel health={value} />
            {signedIn ? (
              <>
                <SelfTestPanel />
                <VersionsPanel health={value} />
                <LogPanel />
              </>
            ) : (
              <>
                <VersionsPanel health={value} />
                <p class="hint health-whole">{m.health_log_sign_in({}, lang)}</p>
              </>
            )}
          </div>
        </>
      )}
    </main>
  );
}

function Sentence({ health }: { readonly health: HealthView }) {
  const lang = useLang();
  const dates = useDates();
  const now = useNow(10_000);
  const { central, startedAt } = health;
  const items = formatCount(central.waiting, lang);
  const since = dates.near(startedAt, now);
  if (central.state === 'notSet' || central.state === 'notEnrolled')
    return <Rich of={m.health_alone.parts({}, lang)} />;
  if (central.state === 'notReached' || central.lastReached === null) {
    const time = dates.near(central.lastReached ?? central.since ?? startedAt, now);
    return <Rich of={m.health_lost.parts({ time, items }, lang)} />;
  }
  const ago = agoText(central.lastReached, now, dates, lang);
  return central.waiting === 0 ? (
    <Rich of={m.health_well.parts({ ago, since }, lang)} />
  ) : (
    <Rich of={m.health_waiting.parts({ ago, items, since }, lang)} />
  );
}

function StorageBanner({ health }: { readonly health: HealthView }) {
  const lang = useLang();
  const { state } = health.storage;
  if (state === 'low') return <Banner icon="triangle-alert" fact={m.health_storage_low({}, lang)} />;
  if (state === 'full') return <Banner kind="crit" icon="octagon-alert" fact={m.health_storage_full({}, lang)} />;
  return null;
}

type Fact = readonly [string, ComponentChildren];

function Facts({ of }: { readonly of: readonly Fact[] }) {
  return (
    <dl class="health-facts">
      {of.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function centralWord(state: HealthView['central']['state'], lang: { readonly locale: 'en' | 'fr' | 'de' }): string {
  switch (state) {
    case 'notSet':
      return m.health_not_set({}, lang);
    case 'notEnrolled':
      return m.health_not_enrolled({}, lang);
    case 'waiting':
      return m.health_not_yet({}, lang);
    case 'reached':
      return m.health_reached({}, lang);
    case 'notReached':
      return m.health_not_reached({}, lang);
  }
}

function CentralPanel({ health }: { readonly health: HealthView }) {
  const lang = useLang();
  const dates = useDates();
  const now = useNow(10_000);
  const { central } = health;
  const word = centralWord(central.state, lang);
  const since =
    central.since === null ? word : m.health_since({ state: word, time: dates.near(central.since, now) }, lang);
  const waiting = m.left_waits_fact(
    {
      count: central.waiting,
      items: formatCount(central.waiting, lang),
      size: formatBytes(central.waitingBytes, lang),
    },
    lang,
  );
  const oldest = central.oldestWaiting
    ? `, ${m.left_waits_since({ time: dates.near(central.oldestWaiting, now) }, lang)}`
    : '';
  return (
    <Panel id="central" title={m.health_central({}, lang)} fact={central.url ?? undefined}>
      <Facts
        of={[
          [m.health_state({}, lang), <span class={central.state === 'notReached' ? 'warn' : undefined}>{since}</span>],
          [m.health_last_receipt({}, lang), central.lastReached ? agoText(central.lastReached, now, dates, lang) : '–'],
          [m.left_waits({}, lang), central.waiting === 0 ? '–' : `${waiting}${oldest}`],
          [
            m.health_put_aside({}, lang),
            <span class={central.quarantined > 0 ? 'warn' : undefined}>{formatCount(central.quarantined, lang)}</span>,
          ],
          [m.health_error({}, lang), central.fault ? readableFault(central.fault, lang) : m.health_no_error({}, lang)],
        ]}
      />
      {central.droppedBeforeEnrolment > 0 && (
        <p class="warn">
          {m.left_dropped(
            { count: central.droppedBeforeEnrolment, items: formatCount(central.droppedBeforeEnrolment, lang) },
            lang,
          )}
        </p>
      )}
    </Panel>
  );
}

/** More than central's answers may lie apart by a slow line. */
const NOTABLE_OFFSET = 60;

function ClockPanel({ health }: { readonly health: HealthView }) {
  const lang = useLang();
  const dates = useDates();
  const now = useNow(1000);
  const { offset, measuredAt, zone } = health.clock;
  const length = offset === null ? '' : lengthAhead(Math.abs(offset), lang);
  const apart =
    offset === null
      ? m.health_offset_unknown({}, lang)
      : offset === 0
        ? m.health_offset_none({}, lang)
        : offset > 0
          ? m.health_offset_ahead({ length }, lang)
          : m.health_offset_behind({ length }, lang);
  return (
    <Panel id="clock" title={m.health_clock({}, lang)}>
      <Facts
        of={[
          [m.health_zone({}, lang), zone],
          [m.health_box_time({}, lang), <span class="num">{`${dates.longDay(now)} ${dates.clock(now)}`}</span>],
          [
            m.health_offset({}, lang),
            <span class={offset !== null && Math.abs(offset) > NOTABLE_OFFSET ? 'warn' : undefined}>
              {apart}
              {measuredAt !== null && <span class="second"> {agoText(measuredAt, now, dates, lang)}</span>}
            </span>,
          ],
        ]}
      />
    </Panel>
  );
}

function StoragePanel({ health }: { readonly health: HealthView }) {
  const lang = useLang();
  const { freeBytes, totalBytes, storeBytes, sentBytes } = health.storage;
  const bytes = (count: number | null) => (count === null ? '–' : formatBytes(count, lang));
  return (
    <Panel id="storage" title={m.health_storage({}, lang)}>
      <Facts
        of={[
          [
            m.health_free({}, lang),
            freeBytes === null || totalBytes === null ? (
              '–'
            ) : (
              <>
                {m.health_free_of({ free: formatBytes(freeBytes, lang), total: formatBytes(totalBytes, lang) }, lang)}{' '}
                <Meter part={1 - freeBytes / totalBytes} />
              </>
            ),
          ],
          [m.health_store_size({}, lang), bytes(storeBytes)],
          [m.health_sent_size({}, lang), bytes(sentBytes)],
          [m.health_memory({}, lang), bytes(health.memoryBytes)],
        ]}
      />
    </Panel>
  );
}

function WorkPanel({ health }: { readonly health: HealthView }) {
  const lang = useLang();
  const dates = useDates();
  const now = useNow(10_000);
  const { lastScan, nextScan, lastRead, nextRead, machines } = health;
  const near = (at: string | null) => (at === null ? '–' : dates.near(at, now));
  const count = (of: number) => formatCount(of, lang);
  const scan =
    lastScan &&
    [
      dates.near(lastScan.finishedAt, now),
      m.health_printers({ count: lastScan.printers, printers: count(lastScan.printers) }, lang),
      ...(lastScan.complete ? [] : [m.health_scan_cut({}, lang)]),
    ].join(', ');
  return (
    <Panel id="work" title={m.health_work({}, lang)}>
      <Facts
        of={[
          [m.last_scan({}, lang), scan ?? '–'],
          [m.next_scan({}, lang), near(nextScan)],
          [m.last_read({}, lang), near(lastRead)],
          [m.next_read({}, lang), near(nextRead)],
          ...trapsFact(health, lang),
          [
            m.health_machines({}, lang),
            m.health_machines_of(
              { answering: count(machines.answering), asleep: count(machines.asleep), silent: count(machines.silent) },
              lang,
            ),
          ],
        ]}
      />
    </Panel>
  );
}

function trapsFact({ traps }: HealthView, lang: { readonly locale: 'en' | 'fr' | 'de' }): readonly Fact[] {
  const { state, port, code } = traps;
  if (state === 'off') return [];
  const count = (of: number) => formatCount(of, lang);
  const text =
    state === 'failed' ? (
      <span class="warn">{m.health_traps_failed({ port: String(port), code: code ?? '' }, lang)}</span>
    ) : (
      m.health_traps_heard({ traps: count(traps.traps), port: String(port), looks: count(traps.looks) }, lang)
    );
  return [[m.health_traps({}, lang), text]];
}

function VersionsPanel({ health }: { readonly health: HealthView }) {
  const lang = useLang();
  const { versions, ping } = health;
  const pings = {
    socket: m.health_ping_socket({}, lang),
    fping: m.health_ping_fping({}, lang),
    none: m.health_ping_none({}, lang),
  };
  return (
    <Panel id="versions" title={m.health_versions({}, lang)}>
      <Facts
        of={[
          [m.health_version_box({}, lang), versions.box],
          ['Node.js', versions.node],
          ['SQLite', versions.sqlite ?? '–'],
          [m.health_version_system({}, lang), versions.system],
          [m.health_ping({}, lang), pings[ping]],
        ]}
      />
    </Panel>
  );
}
