/** What a payload or an item is and says, in words. Texts of machines stay as they are, in their own words. */
import type { Item, ItemKind, ItemResult, NoteField, StatusState } from '@rsb/contract';
import { m } from '@rsb/messages';
import { formatCount } from '../../format/count.ts';
import type { Dates } from '../../format/dates.ts';

type Lang = { readonly locale: 'en' | 'fr' | 'de' };
type KindCounts = Readonly<Partial<Record<ItemKind, number>>>;

const KINDS: readonly ItemKind[] = [
  'reading',
  'deviceEvent',
  'deviceNote',
  'plan',
  'scan',
  'boxState',
  'proposalResult',
];

function kindWord(kind: ItemKind, count: number, machines: number, lang: Lang): string {
  const items = formatCount(count, lang);
  switch (kind) {
    case 'reading': {
      const most = Math.min(count, machines);
      return m.left_kind_reading({ count: most, machines: formatCount(most, lang) }, lang);
    }
    case 'plan':
      return m.left_kind_plan({ count, items }, lang);
    case 'deviceEvent':
      return m.left_kind_event({ count, items }, lang);
    case 'deviceNote':
      return m.left_kind_note({ count, items }, lang);
    case 'scan':
      return m.left_kind_scan({}, lang);
    case 'boxState':
      return m.left_kind_state({}, lang);
    case 'proposalResult':
      return m.left_kind_proposal({ count, items }, lang);
  }
}

/** "Readings of 11 machines", and what else stands in it. */
export function kindsText(kinds: KindCounts, machines: number, lang: Lang): readonly string[] {
  const words = KINDS.flatMap((kind) => {
    const count = kinds[kind];
    return count === undefined || count === 0 ? [] : [kindWord(kind, count, machines, lang)];
  });
  // A kind of a later version is not hidden.
  const others = Object.entries(kinds).filter(([kind]) => !KINDS.includes(kind as ItemKind));
  return [...words, ...others.map(([kind, count]) => `${count} ${kind}`)];
}

export function resultWord(result: ItemResult, lang: Lang): string {
  switch (result) {
    case 'stored':
      return m.left_result_stored({}, lang);
    case 'duplicate':
      return m.left_result_duplicate({}, lang);
    case 'quarantined':
      return m.left_result_quarantined({}, lang);
    case 'keep':
      return m.left_result_keep({}, lang);
  }
}

function stateWord(state: StatusState, lang: Lang): string {
  switch (state) {
    case 'idle':
      return m.state_idle({}, lang);
    case 'printing':
      return m.state_printing({}, lang);
    case 'warmup':
      return m.state_warmup({}, lang);
    case 'sleep':
      return m.state_sleep({}, lang);
    case 'down':
      return m.state_down({}, lang);
    case 'unknown':
      return m.state_unknown({}, lang);
  }
}

function noteWord(field: NoteField, lang: Lang): string {
  switch (field) {
    case 'serviceId':
      return m.service_id({}, lang);
    case 'group':
      return m.group({}, lang);
    case 'location':
      return m.location({}, lang);
    case 'note':
      return m.note({}, lang);
    case 'monitored':
      return m.monitored({}, lang);
  }
}

/** One item of a payload in a sentence; null for a kind that this version does not know. */
export function itemText(item: Item, lang: Lang, dates: Dates): string | null {
  switch (item.kind) {
    case 'reading': {
      const { reading, device } = item.body;
      const { identity, counters, supplies = [], status, alerts = [] } = reading;
      const machine = [identity?.manufacturer, identity?.model].filter(Boolean).join(' ');
      const total = counters?.total.all ?? counters?.vendorLife ?? counters?.life;
      const words = [
        m.left_say_reading(
          {
            machine: machine === '' ? device : `${machine} (${identity?.serialNumber ?? device})`,
            total: total === undefined || total === null ? m.left_untold({}, lang) : formatCount(total, lang),
            supplies: m.left_say_supplies(
              { count: supplies.length, supplies: formatCount(supplies.length, lang) },
              lang,
            ),
            state: status ? stateWord(status.state, lang) : m.left_untold({}, lang),
          },
          lang,
        ),
      ];
      if (alerts.length > 0)
        words.push(m.left_say_alerts({ count: alerts.length, alerts: formatCount(alerts.length, lang) }, lang));
      return words.join(', ');
    }
    case 'plan': {
      const { device, objects } = item.body;
      const count = objects.length;
      return m.left_say_plan({ count, objects: formatCount(count, lang), machine: device }, lang);
    }
    case 'deviceEvent': {
      const { device: machine, event } = item.body;
      switch (event) {
        case 'new':
          return m.left_say_new({ machine }, lang);
        case 'moved':
          return m.left_say_moved({ machine }, lang);
        case 'replaced':
          return m.left_say_replaced({ machine }, lang);
        case 'clash':
          return m.left_say_clash({ machine }, lang);
        case 'silent':
          return m.left_say_silent({ machine }, lang);
        case 'back':
          return m.left_say_back({ machine }, lang);
        default:
          return `${machine}: ${String(event)}`;
      }
    }
    case 'deviceNote': {
      const { device: machine, field: name, value } = item.body;
      const field = noteWord(name, lang);
      if (value === null) return m.left_say_note_empty({ machine, field }, lang);
      const shown = value === true ? m.yes({}, lang) : value === false ? m.no({}, lang) : value;
      return m.left_say_note({ machine, field, value: shown }, lang);
    }
    case 'scan': {
      const { printers, addresses } = item.body;
      return m.left_say_scan({ printers: formatCount(printers, lang), addresses: formatCount(addresses, lang) }, lang);
    }
    case 'boxState': {
      const { version, clock, waiting } = item.body;
      return m.left_say_state({ version, clock: dates.full(clock), waiting: formatCount(waiting, lang) }, lang);
    }
    case 'proposalResult': {
      const { result, code, capture } = item.body;
      if (capture !== undefined) return m.left_say_capture({ bytes: formatCount(capture.length, lang) }, lang);
      return code === null ? m.left_say_proposal_done({}, lang) : m.left_say_proposal({ result, code }, lang);
    }
    default:
      return null;
  }
}
