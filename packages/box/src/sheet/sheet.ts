/** The data sheet of this box, for the customer's file: flows, ports, hosts, objects, retention, contact, settings as they are. */
import { isIP } from 'node:net';
import {
  type AskedObjectList,
  type BoxView,
  groupsNotRead,
  type LoadView,
  type ReadGroup,
  type SettingsView,
  type WithheldField,
} from '@rsb/contract';
import { type Locale, m } from '@rsb/messages';
import { type Numbers, numberTag } from '@rsb/messages/number-tag';
import { wordPurpose } from '@rsb/messages/purpose';
import type { Content, ContentTable, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { objectsRead } from './objects-read.ts';

export interface SheetFacts {
  readonly box: BoxView;
  readonly settings: SettingsView;
  readonly objects: AskedObjectList;
  readonly load: LoadView;
  readonly loadDays: number;
  /** The port on which the Device Manager answers. */
  readonly port: number;
}

type Lang = { readonly locale: Locale; readonly numbers: Numbers };
type Row = readonly TableCell[];

export function sheetDocument(facts: SheetFacts, locale: Locale): TDocumentDefinitions {
  const { box, settings } = facts;
  const lang = { locale, numbers: settings.numberFormat };
  const title = m.sheet_title({}, lang);
  const notRead = groupsNotRead(settings.whatToRead);
  const asked = objectsRead(facts.objects, notRead);
  return {
    pageSize: 'A4',
    pageMargins: [44, 48, 44, 52],
    info: {
      title: `${title} ${box.agent ?? ''}`.trim(),
      creator: 'Remote Service Box',
      producer: 'Remote Service Box',
    },
    language: locale,
    displayTitle: true,
    defaultStyle: { font: 'Roboto', fontSize: 9, lineHeight: 1.25, color: '#17181a' },
    styles: {
      title: { fontSize: 18, bold: true, margin: [0, 0, 0, 2] },
      grey: { color: '#50535a' },
      section: { fontSize: 11.5, bold: true, margin: [0, 16, 0, 5] },
      head: { color: '#676a71', fontSize: 8 },
    },
    footer: (page, pages) => ({
      columns: [
        { text: m.agent({ agent: box.agent ?? m.sheet_not_enrolled({}, lang) }, lang), style: 'grey', fontSize: 8 },
        { text: m.sheet_page({ page, pages }, lang), alignment: 'right', style: 'grey', fontSize: 8 },
      ],
      margin: [44, 16, 44, 0],
    }),
    content: [
      { text: title, style: 'title' },
      { text: m.sheet_for({ time: instantText(box.now, box.zone, lang), version: box.version }, lang), style: 'grey' },
      contact(facts, lang),
      { text: m.sheet_summary({}, lang), margin: [0, 8, 0, 0] },
      section(m.sheet_flows({}, lang)),
      flows(facts, lang),
      { text: m.sheet_flow_none({}, lang), style: 'grey', margin: [0, 4, 0, 0] },
      section(m.sheet_networks({}, lang)),
      networks(facts, lang),
      section(m.sheet_data({}, lang)),
      { text: m.sheet_data_list({}, lang) },
      { text: withheld(settings, lang), bold: true, margin: [0, 4, 0, 0] },
      ...switchedOff(notRead, lang),
      section(m.sheet_retention({}, lang)),
      { ul: retention(settings, lang) },
      section(m.sheet_settings({}, lang)),
      settingsTable(settings, lang),
      section(m.sheet_objects({ asked: String(asked.objects.length), allowed: String(asked.allowed) }, lang)),
      objects(asked, lang),
    ],
  };
}

const section = (text: string): Content => ({ text, style: 'section' });

function table(widths: readonly (string | number)[], heads: readonly string[], rows: readonly Row[]): ContentTable {
  const head = heads.map((text): TableCell => ({ text, style: 'head' }));
  return {
    table: {
      headerRows: heads.length > 0 ? 1 : 0,
      dontBreakRows: true,
      widths: [...widths],
      body: [...(heads.length > 0 ? [head] : []), ...rows.map((row) => [...row])],
    },
    layout: {
      hLineWidth: (line, node) => (line === 0 || line === node.table.body.length ? 0 : 0.5),
      vLineWidth: () => 0,
      hLineColor: () => '#cbcbc4',
      paddingLeft: (column) => (column === 0 ? 0 : 6),
      paddingRight: () => 6,
      paddingTop: () => 2.5,
      paddingBottom: () => 2.5,
    },
  };
}

function contact({ box }: SheetFacts, lang: Lang): Content {
  const dealer = box.dealer ? [box.dealer.name, box.dealer.hotline].filter(Boolean).join(', ') : '–';
  return {
    margin: [0, 10, 0, 0],
    ...table(
      [120, '*'],
      [],
      [
        [{ text: m.sheet_agent({}, lang), style: 'grey' }, box.agent ?? m.sheet_not_enrolled({}, lang)],
        [{ text: m.sheet_customer({}, lang), style: 'grey' }, box.customer ?? '–'],
        [{ text: m.sheet_dealer({}, lang), style: 'grey' }, dealer],
      ],
    ),
  };
}

function flows({ settings, port }: SheetFacts, lang: Lang): Content {
  const { times, ranges, snmpPort, central } = settings;
  const box = m.sheet_box({}, lang);
  const on = ranges.filter((range) => range.on);
  const names = on.map(({ range }) => range).join(', ') || '–';
  const time = times.scan;
  const rows: Row[] = [];
  if (on.some(({ ping }) => ping)) rows.push([box, names, 'ICMP echo', m.sheet_flow_ping({ time }, lang)]);
  rows.push([
    box,
    names,
    `UDP ${snmpPort}`,
    m.sheet_flow_snmp({ time, counters: String(times.counters), state: String(times.state) }, lang),
  ]);
  const url = central.url === null ? null : URL.parse(central.url);
  if (url) {
    rows.push([box, url.hostname, `TCP ${portOf(url)}`, m.sheet_flow_central({}, lang)]);
    const proxy = central.proxy && URL.parse(central.proxy.url);
    if (proxy) rows.push([box, proxy.hostname, `TCP ${portOf(proxy)}`, m.sheet_flow_proxy({}, lang)]);
    if (isIP(url.hostname.replace(/^\[|\]$/g, '')) === 0) {
      rows.push([box, m.sheet_dns({}, lang), 'UDP/TCP 53', m.sheet_flow_dns({}, lang)]);
    }
  }
  rows.push([m.sheet_lan({}, lang), box, `TCP ${port}`, m.sheet_flow_page({}, lang)]);
  return table(
    [70, 130, 62, '*'],
    [m.sheet_from({}, lang), m.sheet_flow_to({}, lang), m.sheet_port({}, lang), m.sheet_purpose({}, lang)],
    rows,
  );
}

const portOf = (url: URL): string => url.port || (url.protocol === 'https:' ? '443' : '80');

function networks({ settings, load, loadDays }: SheetFacts, lang: Lang): Content {
  if (settings.ranges.length === 0) return { text: m.sheet_networks_none({}, lang) };
  const rows = settings.ranges.map(({ range, note, on, packetsPerSecond, kilobytesPerHour }): Row => {
    const budget = [
      ...(packetsPerSecond > 0 ? [m.sheet_packets({ packets: countText(packetsPerSecond, lang) }, lang)] : []),
      ...(kilobytesPerHour !== null ? [m.sheet_kilobytes({ kilobytes: countText(kilobytesPerHour, lang) }, lang)] : []),
    ];
    const days = load.days.filter((day) => day.range === range).map((day) => day.sentBytes + day.receivedBytes);
    const sum = days.reduce((total, bytes) => total + bytes, 0);
    const measured =
      days.length === 0
        ? m.sheet_not_measured({}, lang)
        : m.sheet_load({ size: bytesText(sum / days.length, lang), most: bytesText(Math.max(...days), lang) }, lang);
    return [
      { text: [range, ...(note === '' ? [] : [{ text: `\n${note}`, style: 'grey' }])] },
      on ? budget.join(', ') || m.sheet_unlimited({}, lang) : m.sheet_off({}, lang),
      measured,
    ];
  });
  return table(
    [170, 130, '*'],
    [m.sheet_network({}, lang), m.sheet_budget({}, lang), m.sheet_measured({ days: String(loadDays) }, lang)],
    rows,
  );
}

const FIELD_WORDS: Readonly<Record<WithheldField, (lang: Lang) => string>> = {
  address: (lang) => m.may_address({}, lang),
  macAddress: (lang) => m.may_mac({}, lang),
  hostName: (lang) => m.may_host({}, lang),
  location: (lang) => m.may_location({}, lang),
};

function withheld({ withhold }: SettingsView, lang: Lang): string {
  const fields = (Object.keys(FIELD_WORDS) as WithheldField[]).filter((field) => withhold[field]);
  return fields.length === 0
    ? m.sheet_nothing_withheld({}, lang)
    : m.sheet_withheld({ fields: fields.map((field) => FIELD_WORDS[field](lang)).join(', ') }, lang);
}

const GROUP_WORDS: Readonly<Record<ReadGroup, (lang: Lang) => string>> = {
  counters: (lang) => m.read_counters({}, lang),
  vendorCounters: (lang) => m.read_vendor_counters({}, lang),
  supplies: (lang) => m.read_supplies({}, lang),
  status: (lang) => m.read_status({}, lang),
  alerts: (lang) => m.read_alerts({}, lang),
  firmware: (lang) => m.read_firmware({}, lang),
  hostName: (lang) => m.read_host_name({}, lang),
  location: (lang) => m.read_location({}, lang),
  assetNumber: (lang) => m.read_asset_number({}, lang),
};

function switchedOff(notRead: readonly ReadGroup[], lang: Lang): readonly Content[] {
  if (notRead.length === 0) return [];
  const names = notRead.map((group) => GROUP_WORDS[group](lang)).join(', ');
  return [{ text: m.sheet_not_read({ names }, lang), bold: true, margin: [0, 4, 0, 0] }];
}

const retention = ({ keepSent }: SettingsView, lang: Lang): string[] => [
  m.sheet_retention_sent(
    { days: countText(keepSent.days, lang), megabytes: countText(keepSent.megabytes, lang) },
    lang,
  ),
  m.sheet_retention_waiting({}, lang),
  m.sheet_retention_readings({}, lang),
  m.sheet_retention_log({}, lang),
  m.sheet_retention_central({}, lang),
];

function settingsTable(settings: SettingsView, lang: Lang): Content {
  const yes = (is: boolean) => (is ? m.sheet_yes({}, lang) : m.sheet_no({}, lang));
  const rate = settings.packetsPerSecond;
  const rows: readonly (readonly [string, string])[] = [
    [m.sheet_setting_zone({}, lang), settings.zone],
    [
      m.sheet_setting_rate({}, lang),
      rate > 0 ? m.sheet_packets({ packets: countText(rate, lang) }, lang) : m.sheet_unlimited({}, lang),
    ],
    [m.sheet_setting_open({}, lang), yes(settings.openReading)],
    [m.sheet_setting_metrics({}, lang), yes(settings.metrics)],
    [
      m.sheet_setting_credentials({}, lang),
      settings.credentials.map(({ id, version }) => `${id} (SNMP${version})`).join(', '),
    ],
  ];
  return table(
    [210, '*'],
    [],
    rows.map(([name, value]): Row => [{ text: name, style: 'grey' }, value]),
  );
}

function objects({ objects: asked }: AskedObjectList, lang: Lang): Content {
  if (asked.length === 0) return { text: m.left_objects_none({}, lang) };
  return {
    fontSize: 8,
    ...table(
      [165, 130, '*', 45],
      [
        m.left_object({}, lang),
        m.left_object_source({}, lang),
        m.left_object_what({}, lang),
        m.left_object_machines({}, lang),
      ],
      asked.map(
        ({ object, name, purpose, machines }): Row => [
          object,
          name,
          wordPurpose(purpose, lang.locale),
          { text: countText(machines, lang), alignment: 'right' },
        ],
      ),
    ),
  };
}

const TAGS: Readonly<Record<Locale, string>> = { en: 'en-GB', fr: 'fr-FR', de: 'de-DE' };

const countText = (value: number, { locale, numbers }: Lang): string =>
  new Intl.NumberFormat(numberTag(locale, numbers), { maximumFractionDigits: 1 }).format(value);

/** By thousands, as on the pages. */
function bytesText(bytes: number, lang: Lang): string {
  return bytes < 1_000_000
    ? `${countText(Math.round(bytes / 100) / 10, lang)} kB`
    : `${countText(bytes / 1e6, lang)} MB`;
}

const instantText = (at: string, zone: string, { locale }: Lang): string =>
  new Intl.DateTimeFormat(TAGS[locale], { dateStyle: 'long', timeStyle: 'short', timeZone: zone }).format(new Date(at));
