/** The words of settings by their JSON pointer: in the save bar, the conflict table and the change log. */
import { m } from '@rsb/messages';
import { GROUPS, groupWord } from './read-groups.ts';

type Lang = { readonly locale: 'en' | 'fr' | 'de' };

const WORDS: Readonly<Record<string, (lang: Lang) => string>> = {
  '/ranges': (lang) => m.set_range({}, lang),
  '/ranges/range': (lang) => m.set_range({}, lang),
  '/ranges/note': (lang) => m.set_note({}, lang),
  '/ranges/credentials': (lang) => m.set_credentials({}, lang),
  '/ranges/packetsPerSecond': (lang) => m.set_packets({}, lang),
  '/ranges/kilobytesPerHour': (lang) => m.set_kilobytes({}, lang),
  '/ranges/hours': (lang) => m.set_hours({}, lang),
  '/ranges/ping': (lang) => m.set_ping({}, lang),
  '/ranges/on': (lang) => m.set_on({}, lang),
  '/credentials': (lang) => m.set_credential({}, lang),
  '/credentials/version': (lang) => m.set_version({}, lang),
  '/credentials/community': (lang) => m.set_community({}, lang),
  '/credentials/user': (lang) => m.set_user({}, lang),
  '/credentials/context': (lang) => m.set_context({}, lang),
  '/credentials/auth': (lang) => m.set_auth({}, lang),
  '/credentials/auth/passphrase': (lang) => m.set_auth_passphrase({}, lang),
  '/credentials/privacy': (lang) => m.set_privacy({}, lang),
  '/credentials/privacy/passphrase': (lang) => m.set_privacy_passphrase({}, lang),
  '/snmpPort': (lang) => m.set_snmp_port({}, lang),
  '/packetsPerSecond': (lang) => m.set_box_packets({}, lang),
  '/kilobytesPerHour': (lang) => m.set_box_kilobytes({}, lang),
  '/devicePause': (lang) => m.set_device_pause({}, lang),
  '/traps/on': (lang) => m.set_traps({}, lang),
  '/traps/port': (lang) => m.set_traps_port({}, lang),
  '/times/scan': (lang) => m.set_scan({}, lang),
  '/times/counters': (lang) => m.set_counters({}, lang),
  '/times/state': (lang) => m.set_state({}, lang),
  ...Object.fromEntries(
    GROUPS.map((group) => [`/whatToRead/${group}`, (lang: Lang) => m.set_read({ what: groupWord(group, lang) }, lang)]),
  ),
  '/language': (lang) => m.language({}, lang),
  '/numberFormat': (lang) => m.set_number_format({}, lang),
  '/zone': (lang) => m.set_zone({}, lang),
  '/supplyMark': (lang) => m.set_supply_mark({}, lang),
  '/openReading': (lang) => m.set_open_reading({}, lang),
  '/hostNames': (lang) => m.set_host_names({}, lang),
  '/central/url': (lang) => m.set_central_url({}, lang),
  '/central/proxy': (lang) => m.set_proxy({}, lang),
  '/central/proxy/url': (lang) => m.set_proxy({}, lang),
  '/central/proxy/user': (lang) => m.set_proxy_user({}, lang),
  '/central/proxy/exceptions': (lang) => m.set_proxy_exceptions({}, lang),
  '/central/ca': (lang) => m.set_ca({}, lang),
  '/withhold/address': (lang) => `${m.left_is_withheld({}, lang)}: ${m.may_address({}, lang)}`,
  '/withhold/macAddress': (lang) => `${m.left_is_withheld({}, lang)}: ${m.may_mac({}, lang)}`,
  '/withhold/hostName': (lang) => `${m.left_is_withheld({}, lang)}: ${m.may_host({}, lang)}`,
  '/withhold/location': (lang) => `${m.left_is_withheld({}, lang)}: ${m.may_location({}, lang)}`,
  '/keepSent/days': (lang) => m.may_keep_days({}, lang),
  '/keepSent/megabytes': (lang) => m.may_keep_size({}, lang),
  '/metrics': (lang) => m.may_metrics({ path: '/metrics' }, lang),
  '/proxyPassword': (lang) => m.set_proxy_password({}, lang),
  '/certificate': (lang) => m.set_certificate({}, lang),
  '/backup': (lang) => m.set_backup({}, lang),
  '/password': (lang) => m.password({}, lang),
  '/central/agent': (lang) => m.set_enrolment({}, lang),
  '/enrolment': (lang) => m.set_enrolment({}, lang),
};

const DEVICE_WORDS: Readonly<Record<string, (lang: Lang) => string>> = {
  monitored: (lang) => m.monitored({}, lang),
  serviceId: (lang) => m.service_id({}, lang),
  group: (lang) => m.group({}, lang),
  locationNote: (lang) => m.location({}, lang),
  note: (lang) => m.note({}, lang),
};

/** A pointer that this version has no words for is shown as it is: a change is never hidden. */
export function settingWord(path: string, lang: Lang): string {
  const device = /^\/devices\/(.+)\/([^/]+)$/.exec(path);
  const note = device?.[2] === undefined ? undefined : DEVICE_WORDS[device[2]];
  if (device && note) return `${note(lang)}, ${unescaped(device[1] ?? '')}`;
  const person = /^\/people\/([^/]+)/.exec(path);
  if (person) return m.set_person({ name: unescaped(person[1] ?? '') }, lang);
  // The change log names a range by its text and a credential by its id; the form counts them.
  const named = /^(\/ranges|\/credentials)\/([^/]*[^/\d][^/]*)(\/.+)$/.exec(path);
  const member = named ? WORDS[`${named[1]}${named[3]}`] : undefined;
  if (member) return `${member(lang)}, ${unescaped(named?.[2] ?? '')}`;
  const known = WORDS[path.replaceAll(/\/\d+(?=\/|$)/g, '')];
  return known ? known(lang) : path;
}

/** RFC 6901 §3. */
const unescaped = (text: string): string => text.replaceAll('~1', '/').replaceAll('~0', '~');
