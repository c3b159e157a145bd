/** A reading's own words (states, supplies, alerts, reasons) for a person at a terminal, in the reader's language. */
import type { Alert, ErrorParams, Status, Supply } from '@rsb/contract';
import * as m from '../generated/messages.js';
import { wordAlertCode, wordAlertPlace } from './alert-code.ts';
import { errorWord, severityWord, stateWord, supplyColorName, supplyTypeName } from './alert-words.ts';
import { isWorded, wordFault } from './fault.ts';
import type { Locale } from './locale.ts';

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** "Black toner: 40 %, Black Cartridge S"; of a waste container how full it is, as people speak of it. */
export function wordSupply(supply: Supply, locale: Locale): string {
  const { type, color, description } = supply;
  const kind = supplyTypeName(type, locale);
  const name =
    color === null ? kind : m.supply_colored({ type: kind, color: supplyColorName(color, locale) }, { locale });
  const value = [levelWords(supply, locale), description ?? ''].filter(Boolean).join(', ');
  return m.cli_read_pair({ name: capital(name), value }, { locale });
}

function levelWords({ type, percent, state }: Supply, locale: Locale): string {
  const said = supplyStateWord(state, type, locale);
  if (percent === null) return said;
  const level =
    type === 'waste'
      ? m.cli_read_full({ percent: 100 - percent }, { locale })
      : m.supply_percent({ percent }, { locale });
  return state === 'ok' ? level : `${level} (${said})`;
}

/** For waste "low" is little space left. */
function supplyStateWord(state: Supply['state'], type: Supply['type'], locale: Locale): string {
  switch (state) {
    case 'ok':
      return m.supplies_ok({}, { locale });
    case 'low':
      return type === 'waste' ? m.supplies_waste_near_full({}, { locale }) : m.level_low({}, { locale });
    case 'empty':
      return m.level_empty({}, { locale });
    case 'someRemaining':
      return m.level_some({}, { locale });
    case 'unknown':
      return m.not_told({}, { locale });
    case 'full':
      return m.level_full({}, { locale });
  }
}

export const wordStatus = ({ state, errors }: Status, locale: Locale): string =>
  [stateWord(state, locale), ...errors.map((error) => errorWord(error, locale))].join(', ');

/** How bad, what, where, and the machine's own words where it has some. A vendor's own code stands as it is. */
export function wordAlert({ severity, code, text, group, location }: Alert, locale: Locale): string {
  const what = code === null ? '' : (wordAlertCode(code, locale) ?? code);
  const where = location?.name ?? wordAlertPlace(location?.group ?? group ?? '', location?.index ?? null, locale) ?? '';
  const own = text === null ? '' : m.cli_read_quoted({ words: text }, { locale });
  const value = [[what, where].filter(Boolean).join(', '), own].filter(Boolean).join(' ') || '?';
  return m.cli_read_pair({ name: severityWord(severity, locale), value }, { locale });
}

/** Why a value is not there: a code of the catalogue; one of a newer version is shown as it is. */
export function wordReason(reason: string, params: ErrorParams, locale: Locale): string {
  return isWorded(reason) ? wordFault({ code: reason, params }, locale) : reason;
}
