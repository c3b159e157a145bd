/** Networks: the ranges that the box may ask, each opened in place, and the limits of the whole box. */
import type { LoadView, RangeLoad } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Switch } from '../../components/Switch.tsx';
import { useMedia } from '../../components/use-media.ts';
import { useNarrow } from '../../components/use-narrow.ts';
import { formatCount } from '../../format/count.ts';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { useNow } from '../box-context.tsx';
import { useAnswer } from '../use-answer.ts';
import { AddressPanel } from './address-panel.tsx';
import { type CredentialDraft, freshCredential, type RangeDraft } from './draft.ts';
import { EstimatePanel, TogetherPanel } from './estimate-panel.tsx';
import { FindingNote } from './finding-note.tsx';
import { hoursText } from './hours.ts';
import { RangeEditor } from './range-editor.tsx';
import type { SettingsState } from './settings-state.ts';
import { useRangeCheck } from './use-range-check.ts';
import { WholeBoxPanel } from './whole-box-panel.tsx';
import './networks-section.css';

/** A new range starts gently: a tenth of what a small switch would notice. */
const FIRST_RATE = '10';

/** From here the estimate has its own column (LOOK §5). */
const WIDE = '(min-width: 1280px)';
const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;

export function NetworksSection({ settings }: { readonly settings: SettingsState }) {
  const lang = useLang();
  const { draft, edit, faulty } = settings;
  const [open, setOpen] = useState<string | null>(null);
  const faultyRange = faulty.map((pointer) => /^\/ranges\/(\d+)/.exec(pointer)?.[1]).find((at) => at !== undefined);
  useEffect(() => {
    const range = faultyRange === undefined ? undefined : draft.ranges[Number(faultyRange)];
    if (range) setOpen(range.key);
    // Opened once for a refused save, not at every key pressed after it.
  }, [faultyRange]);

  const change = (key: string, part: Partial<RangeDraft>) =>
    edit({ ranges: draft.ranges.map((range) => (range.key === key ? { ...range, ...part } : range)) });
  const add = () => {
    const known = draft.credentials.find((credential) => credential.isPublic) ?? draft.credentials[0];
    const credential = known ?? freshCredential(draft.credentials);
    const number = draft.ranges.reduce(
      (most, range) => Math.max(most, Number(/^new-(\d+)$/.exec(range.key)?.[1] ?? 0)),
      0,
    );
    const range: RangeDraft = {
      key: `new-${number + 1}`,
      origin: null,
      range: '',
      note: '',
      credentials: [credential.id],
      packetsPerSecond: FIRST_RATE,
      kilobytesPerHour: '',
      hours: null,
      ping: true,
      on: true,
    };
    edit({
      ranges: [...draft.ranges, range],
      ...(known ? {} : { credentials: [...draft.credentials, credential] }),
    });
    setOpen(range.key);
  };

  const wide = useMedia(WIDE);
  const dates = useDates();
  const now = useNow(HOUR);
  const load = useAnswer<LoadView>('/load?days=2', MINUTE).value;
  const inHand = draft.ranges.find((range) => range.key === open);
  const loadOf = (range: RangeDraft): RangeLoad | null =>
    load?.ranges.find((each) => each.range === savedName(range, settings)) ?? null;
  const estimate = <EstimatePanel range={inHand} settings={settings} />;
  const together = (
    <TogetherPanel range={inHand} settings={settings} load={load} yesterday={dates.sortable(now - DAY).slice(0, 10)} />
  );

  return (
    <div class="networks">
      <div class="stack">
        <header class="settings-title">
          <div>
            <h1>{m.section_networks({}, lang)}</h1>
            <p>{m.networks_about({}, lang)}</p>
          </div>
          <Button icon="plus" onClick={add}>
            {m.range_add({}, lang)}
          </Button>
        </header>
        <section class="panel ranges" aria-label={m.section_networks({}, lang)}>
          <div class="range-row range-head" aria-hidden="true">
            <div class="range-columns">
              <Head first={m.set_range({}, lang)} second={m.set_note_small({}, lang)} />
              <Head first={m.set_credentials({}, lang)} second={m.tried_in_order({}, lang)} />
              <Head first={m.range_limit({}, lang)} second={m.range_at_most({}, lang)} />
              <Head first={m.hours_title({}, lang)} second={m.hours_local({}, lang)} />
              <span class="range-count">
                <Head first={m.range_addresses({}, lang)} second={m.range_found({}, lang)} />
              </span>
            </div>
            <span class="range-on">{m.set_on_short({}, lang)}</span>
          </div>
          {draft.ranges.length === 0 && <p class="panel-body fact">{m.no_ranges_next({}, lang)}</p>}
          {draft.ranges.map((range, at) => (
            <div key={range.key} class={open === range.key ? 'range range-open' : 'range'}>
              <RangeRow
                range={range}
                credentials={draft.credentials}
                load={loadOf(range)}
                isOpen={open === range.key}
                onOpen={() => setOpen(open === range.key ? null : range.key)}
                onChange={(part) => change(range.key, part)}
              />
              {open === range.key && (
                <RangeEditor
                  range={range}
                  at={at}
                  settings={settings}
                  finding={range.on ? (loadOf(range)?.finding ?? null) : null}
                  estimate={wide ? null : estimate}
                  onChange={(part) => change(range.key, part)}
                  onClose={() => setOpen(null)}
                  onRemove={() => edit({ ranges: draft.ranges.filter((other) => other.key !== range.key) })}
                />
              )}
            </div>
          ))}
        </section>
        <AddressPanel hasRanges={settings.base.ranges.some((range) => range.on)} />
        <WholeBoxPanel settings={settings} />
        {!wide && together}
      </div>
      {wide && (
        <aside class="stack networks-side" aria-label={m.estimate_title({}, lang)}>
          {estimate}
          {together}
        </aside>
      )}
    </div>
  );
}

/** Findings are kept under the name of the range as it was saved. */
const savedName = ({ origin }: RangeDraft, { base }: SettingsState): string | undefined =>
  origin === null ? undefined : base.ranges[origin]?.range;

function Head({ first, second }: { readonly first: string; readonly second?: string }) {
  return (
    <span>
      <b class="head-first">{first}</b>
      {second && <span class="head-second">{second}</span>}
    </span>
  );
}

/** A number whose column says what it counts, for who sees the column. */
function Told({ short, words }: { readonly short: string; readonly words: string }) {
  return (
    <>
      <span aria-hidden="true">{short}</span>
      <span class="visually-hidden">{words}</span>
    </>
  );
}

interface RangeRowProps {
  readonly range: RangeDraft;
  readonly credentials: readonly CredentialDraft[];
  readonly load: RangeLoad | null;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
  readonly onChange: (part: Partial<RangeDraft>) => void;
}

function RangeRow({ range, credentials, load, isOpen, onOpen, onChange }: RangeRowProps) {
  const lang = useLang();
  const check = useRangeCheck(range.range);
  const used = range.credentials
    .map((id) => credentials.find((credential) => credential.id === id))
    .filter((credential) => credential !== undefined);
  const limit = Number(range.packetsPerSecond.replace(',', '.'));
  const narrow = useNarrow();
  const addresses = check.state === 'known' ? check.check.addresses : null;
  const counted = (count: number, words: string) =>
    narrow ? words : <Told short={formatCount(count, lang)} words={words} />;
  return (
    <div class="range-row">
      <button type="button" class="range-columns range-opener" aria-expanded={isOpen} onClick={onOpen}>
        <span>
          <span class="range-name num">{range.range || m.range_new({}, lang)}</span>
          <span class="second">{range.note || '–'}</span>
          {range.on && load?.finding && <FindingNote finding={load.finding} />}
        </span>
        <span>
          <span class="cell-first">
            {used
              .map(({ version, isPublic, user }) =>
                version === 'v3'
                  ? `v3, ${user || m.user_own({}, lang)}`
                  : `${version}, ${isPublic ? 'public' : m.community_own({}, lang)}`,
              )
              .join('; ') || '–'}
          </span>
          {!range.ping && <span class="second">{m.without_ping({}, lang)}</span>}
        </span>
        <span>
          <span class="num">
            {limit === 0
              ? m.no_limit({}, lang)
              : m.limit_packets({ packets: Number.isNaN(limit) ? '?' : formatCount(limit, lang) }, lang)}
          </span>
          {range.kilobytesPerHour !== '' && (
            <span class="second num">{`${range.kilobytesPerHour} ${m.kilobytes_per_hour({}, lang)}`}</span>
          )}
        </span>
        <span>
          <span>{hoursText(range.hours, lang)}</span>
        </span>
        <span class="range-count num">
          {check.state === 'wrong' && <Icon name="circle-alert" class="crit" />}
          {addresses !== null &&
            counted(addresses, m.addresses({ count: addresses, addresses: formatCount(addresses, lang) }, lang))}
          {load && (
            <span class="second">
              {counted(
                load.found,
                m.scan_printers({ count: load.found, printers: formatCount(load.found, lang) }, lang),
              )}
            </span>
          )}
        </span>
      </button>
      <span class="range-on">
        <Switch on={range.on} label={m.range_on({ range: range.range }, lang)} onChange={(on) => onChange({ on })} />
      </span>
    </div>
  );
}
