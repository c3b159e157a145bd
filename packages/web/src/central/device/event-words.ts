/** What happened to a machine, in words. */
import type { DeviceHistoryEvent } from '@rsb/contract';
import { m } from '@rsb/messages';
import { supplyKeyName } from '../../reading/supply-words.ts';

type Lang = { readonly locale: 'en' | 'fr' | 'de' };

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '?');

export function eventWord({ kind, detail }: DeviceHistoryEvent, lang: Lang): string {
  const ends = { from: text(detail['from']), to: text(detail['to']) };
  switch (kind) {
    case 'new':
      return m.event_past_new({}, lang);
    case 'moved':
      return m.event_past_moved(ends, lang);
    case 'replaced':
      return m.event_past_replaced({}, lang);
    case 'clash':
      return m.event_past_clash({}, lang);
    case 'counterReset':
      return m.event_past_counter_reset({}, lang);
    case 'counterWrapped':
      return m.event_past_counter_wrapped({}, lang);
    case 'counterJump':
      return m.event_past_counter_jump({}, lang);
    case 'counterExchanged':
      return m.event_past_counter_exchanged({}, lang);
    case 'counterStuck':
      return m.event_past_counter_stuck({}, lang);
    case 'counterRebased':
      return m.event_past_counter_rebased({}, lang);
    case 'questionClosed':
      return m.event_past_question_closed({}, lang);
    case 'firmwareChanged':
      return m.event_past_firmware_changed(ends, lang);
    case 'supplyReplaced': {
      const told = { supply: supplyKeyName(text(detail['supply']), lang), percent: text(detail['percentBefore']) };
      return detail['early'] === true
        ? m.event_past_supply_early(told, lang)
        : m.event_past_supply_replaced(told, lang);
    }
    case 'silent':
      return m.event_past_silent({}, lang);
    case 'back':
      return m.event_past_back({}, lang);
    default:
      return kind;
  }
}
