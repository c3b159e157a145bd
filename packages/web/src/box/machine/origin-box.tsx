/** Where one value comes from: the objects asked, what they mean and who says so, opened below the counters (LOOK §5). */
import type { DeviceView, MachineOrigins, ValueOrigin } from '@rsb/contract';
import { m } from '@rsb/messages';
import { wordCheck } from '@rsb/messages/driver-words';
import { wordEvidence, wordHow } from '@rsb/messages/value-words';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { agoText } from '../../format/age.ts';
import { useDates } from '../../format/dates-context.tsx';
import { useLang } from '../../language/language.tsx';
import { reasonText } from './reasons.ts';
import type { Fetched } from './use-fetched.ts';
import { valueAt, valueName } from './value-at.ts';

export interface OriginBoxProps {
  readonly device: DeviceView;
  readonly path: string;
  readonly origins: Fetched<MachineOrigins>;
  readonly now: number;
  readonly onClose: () => void;
}

export function OriginBox({ device, path, origins, now, onClose }: OriginBoxProps) {
  const lang = useLang();
  const dates = useDates();
  const box = useRef<HTMLElement>(null);
  // What was opened by a key or a finger is what the reader wants to see next.
  useEffect(() => box.current?.scrollIntoView({ block: 'nearest' }), [path]);
  const { text, takenAt } = valueAt(device, path, lang);
  const origin = origins.value?.origins.find((each) => each.path === path);
  const name = valueName(device, path, lang);
  const title = text === null ? m.origin_none_title({ name }, lang) : m.origin_title({ value: text }, lang);
  const facts: (readonly [string, ComponentChildren])[] = [[m.origin_value({}, lang), name]];
  if (origin) facts.push(...originFacts(origin, origins.value, lang));
  if (text === null) facts.push([m.origin_why({}, lang), reasonText(device, path, lang)]);
  if (text !== null && takenAt !== null)
    facts.push([
      m.origin_answered({}, lang),
      <span key="answered" title={dates.full(takenAt)}>
        {m.origin_answered_at(
          { value: text, time: dates.near(takenAt, now), ago: agoText(takenAt, now, dates, lang) },
          lang,
        )}
      </span>,
    ]);
  const sent = origins.value?.sent;
  if (text !== null && sent)
    facts.push([
      m.origin_sent({}, lang),
      sent.state === 'waiting'
        ? m.origin_sent_waiting({}, lang)
        : sent.state === 'quarantined'
          ? m.origin_sent_aside({}, lang)
          : m.origin_sent_arrived({ time: sent.settledAt === null ? '' : dates.near(sent.settledAt, now) }, lang),
    ]);
  return (
    <section ref={box} class="origin" aria-label={title}>
      <header class="origin-head">
        <h3>{title}</h3>
        <Button small kind="quiet" icon="x" onClick={onClose}>
          {m.close({}, lang)}
        </Button>
      </header>
      {origins.failed ? (
        <p class="fact">
          {m.part_not_loaded({}, lang)}{' '}
          <Button small icon="refresh-cw" onClick={origins.retry}>
            {m.try_again({}, lang)}
          </Button>
        </p>
      ) : (
        <dl class="origin-facts">
          {facts.map(([term, words]) => [<dt key={`${term} term`}>{term}</dt>, <dd key={term}>{words}</dd>])}
          {origins.value && !origin && text !== null && (
            <>
              <dt>{m.origin_known_from({}, lang)}</dt>
              <dd>{m.origin_not_kept({}, lang)}</dd>
            </>
          )}
        </dl>
      )}
    </section>
  );
}

type Lang = { readonly locale: 'en' | 'fr' | 'de' };
/** A table of a hundred rows behind one sum is not read line by line. */
const MOST_OBJECTS = 8;

function originFacts(
  origin: ValueOrigin,
  all: MachineOrigins | null,
  lang: Lang,
): (readonly [string, ComponentChildren])[] {
  const shown = origin.objects.slice(0, MOST_OBJECTS);
  const driver = all?.driver;
  return [
    [
      m.origin_asked({}, lang),
      <ul key="objects">
        {shown.map(({ oid, name }) => (
          <li key={oid}>
            <code>{oid}</code> {name !== null && <span class="fact">{name}</span>}
          </li>
        ))}
        {origin.objects.length > shown.length && (
          <li class="fact">{m.origin_more({ count: origin.objects.length - shown.length }, lang)}</li>
        )}
      </ul>,
    ],
    [m.origin_how({}, lang), wordHow(origin.how, origin.objects.length, lang.locale)],
    [
      m.origin_known_from({}, lang),
      [
        wordEvidence(origin.evidence, lang.locale),
        sourcesOf(origin),
        driver && m.origin_by_driver({ name: driver.name, version: driver.version }, lang),
      ]
        .filter(Boolean)
        .join(', '),
    ],
    ...(origin.check === null ? [] : [[m.origin_check({}, lang), wordCheck(origin.check, lang.locale)] as const]),
  ];
}

const sourcesOf = (origin: ValueOrigin): string =>
  [...new Set(origin.objects.flatMap(({ source }) => source ?? []))].slice(0, 3).join(', ');
