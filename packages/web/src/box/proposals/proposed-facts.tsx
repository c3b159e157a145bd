/** Proposed settings in full, a line for each, so that a yes is said to all of it. */
import type { CredentialView, ProposedSettingsView } from '@rsb/contract';
import { m } from '@rsb/messages';
import { LANGUAGE_NAMES } from '../../components/LanguageMenu.tsx';
import { formatCount } from '../../format/count.ts';
import { useLang } from '../../language/language.tsx';

type Lang = ReturnType<typeof useLang>;

export function ProposedFacts({ settings }: { readonly settings: ProposedSettingsView }) {
  const lang = useLang();
  return (
    <dl class="proposed">
      {factsOf(settings, lang).map(([name, value], at) => (
        <div key={`${name} ${at}`}>
          <dt>{name}</dt>
          <dd class="num">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function factsOf(settings: ProposedSettingsView, lang: Lang): readonly (readonly [string, string])[] {
  const {
    ranges,
    credentials,
    times,
    zone,
    language,
    supplyMark,
    packetsPerSecond,
    kilobytesPerHour,
    snmpPort,
    proxy,
  } = settings;
  const count = (value: number) => formatCount(value, lang);
  const facts: [string, string | undefined][] = [
    ...(ranges ?? []).map(({ range, note }): [string, string] => [
      m.prepared_range({}, lang),
      note === '' ? range : `${range} · ${note}`,
    ]),
    ...(credentials ?? []).map((one): [string, string] => [m.prepared_credential({}, lang), credentialWord(one, lang)]),
    [
      m.prepared_scan({}, lang),
      times &&
        `${times.scan} · ${m.prepared_reads({ counters: count(times.counters), state: count(times.state) }, lang)}`,
    ],
    [m.prepared_zone({}, lang), zone],
    [m.prepared_language({}, lang), language && LANGUAGE_NAMES[language]],
    [m.prepared_mark({}, lang), supplyMark === undefined ? undefined : `${count(supplyMark)} %`],
    [
      m.prepared_rate({}, lang),
      packetsPerSecond === undefined
        ? undefined
        : packetsPerSecond === 0
          ? m.no_limit({}, lang)
          : count(packetsPerSecond),
    ],
    [
      m.prepared_kilobytes({}, lang),
      kilobytesPerHour === undefined
        ? undefined
        : kilobytesPerHour === null
          ? m.prepared_none({}, lang)
          : count(kilobytesPerHour),
    ],
    [m.prepared_port({}, lang), snmpPort === undefined ? undefined : String(snmpPort)],
    [m.prepared_proxy({}, lang), proxy === undefined ? undefined : (proxy?.url ?? m.prepared_none({}, lang))],
  ];
  return facts.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}

function credentialWord(credential: CredentialView, lang: Lang): string {
  if (credential.version === 'v3') return m.prepared_user({ user: credential.user }, lang);
  const { version, isPublic } = credential;
  return isPublic ? m.prepared_public({ version }, lang) : m.prepared_secret({ version }, lang);
}
