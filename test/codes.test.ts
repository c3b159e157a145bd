/**
 * Codes that reach pages, mails and exports are said in the reader's language: every code of each closed list has its words, and
 * every message of such a list has a code that leads to it.
 */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  ALERT_EVENTS,
  ALERT_STEPS,
  AlertCondition,
  AlertSeverity,
  RangeFinding,
  STATUS_ERRORS,
  StatusState,
  SupplyColor,
  SupplyType,
  UnreachedReason,
} from '@rsb/contract';
import { wordAlertCode, wordAlertPlace } from '@rsb/messages/alert-code';
import {
  causeWords,
  conditionWord,
  errorWord,
  happenedWord,
  severityWord,
  stateWord,
  stepWord,
  supplyColorName,
  supplyTypeName,
} from '@rsb/messages/alert-words';
import { EVENT_KINDS } from '../packages/central/src/processing/lines.ts';
import { ALERT_CODES, ALERT_GROUPS } from '../packages/drivers/src/blocks/alert-names.ts';
import { eventWord } from '../packages/web/src/central/device/event-words.ts';
import { findingWords } from '../packages/web/src/reading/finding-words.ts';

const folder = join(import.meta.dirname, '../packages/messages/messages');
type Locale = 'en' | 'fr' | 'de';

const messagesOf = (locale: Locale): ReadonlyMap<string, string> => {
  const files = globSync(`${locale}/*.json`, { cwd: folder });
  const all = files.flatMap((file) => Object.entries(JSON.parse(readFileSync(join(folder, file), 'utf8')) as object));
  return new Map(all.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
};
const texts = { en: messagesOf('en'), fr: messagesOf('fr'), de: messagesOf('de') };

/** Of a part whose number is not told. */
const plain = (text: string): string => text.replaceAll(/ ?\{number\}/g, '');

interface CodeList {
  readonly name: string;
  readonly codes: readonly string[];
  readonly word: (code: string, locale: Locale) => string | null;
  /** The list's messages; those of other subjects that begin alike are named. */
  readonly messages?: { readonly like: RegExp; readonly but?: readonly string[] };
}

const told = (code: string, locale: Locale) =>
  eventWord(
    { key: '', at: '', kind: code, detail: { from: 'a', to: 'b', supply: 'toner/black', percentBefore: 1 } },
    { locale },
  );
const AT = '2026-11-24T07:00:00Z';

const LISTS: readonly CodeList[] = [
  {
    name: 'codes of the alert table',
    // other(1): nothing is said by it, the severity stands in its place.
    codes: Object.values(ALERT_CODES).filter((code) => code !== 'other'),
    word: wordAlertCode,
    messages: { like: /^alert_is_/ },
  },
  {
    name: 'groups of the alert table',
    codes: Object.values(ALERT_GROUPS),
    word: (code, locale) => wordAlertPlace(code, null, locale),
    messages: { like: /^alert_at_/ },
  },
  { name: 'errors', codes: STATUS_ERRORS, word: errorWord, messages: { like: /^status_/, but: ['status_says'] } },
  {
    name: 'states',
    codes: StatusState.enum,
    word: stateWord,
    messages: {
      like: /^state_/,
      but: ['state_silent', 'state_not_monitored', 'state_not_read', 'state_short'],
    },
  },
  {
    name: 'severities',
    codes: AlertSeverity.enum,
    word: (code, locale) => severityWord(code as never, locale),
    messages: { like: /^severity_/ },
  },
  {
    name: 'conditions of rules',
    codes: AlertCondition.anyOf.map(({ properties }) => properties.kind.const),
    word: conditionWord,
    messages: { like: /^condition_/ },
  },
  { name: 'events of rules', codes: ALERT_EVENTS, word: happenedWord, messages: { like: /^happened_/ } },
  { name: 'steps of alerts', codes: ALERT_STEPS, word: stepWord },
  { name: 'kinds of supplies', codes: SupplyType.enum, word: (code, locale) => supplyTypeName(code as never, locale) },
  {
    name: 'colours',
    codes: SupplyColor.enum,
    word: (code, locale) => supplyColorName(code as never, locale),
    messages: { like: /^color_/ },
  },
  {
    name: 'what happened to a machine',
    codes: [...EVENT_KINDS, 'questionClosed'],
    word: told,
  },
  {
    name: 'findings of ranges',
    codes: RangeFinding.enum,
    word: (code, locale) => findingWords(code as never, { locale }),
  },
  {
    name: 'reasons of ranges out of reach',
    codes: UnreachedReason.enum,
    word: (code, locale) =>
      causeWords({ kind: 'unreached', range: '', reason: code as never, since: AT }, locale, () => '').split(': ')[1] ??
      null,
  },
];

for (const { name, codes, word, messages } of LISTS) {
  test(`${name}: every code has its words in every language, and every message its code`, () => {
    assert.ok(codes.length > 1 && new Set(codes).size === codes.length);
    for (const locale of ['en', 'fr', 'de'] as const) {
      const known = new Set([...texts[locale].values()].map(plain));
      const said = codes.map((code) => {
        const text = word(code, locale);
        assert.ok(text, `${locale}: ${code}`);
        // A code that is a word of the language itself, as "toner", is one of the messages.
        assert.ok(text !== code || known.has(text), `${locale}: ${code} is shown as it is`);
        return text;
      });
      if (!messages) continue;
      const ofList = [...texts[locale]].filter(([key]) => messages.like.test(key) && !messages.but?.includes(key));
      assert.deepEqual(
        ofList.filter(([, text]) => !said.includes(plain(text))).map(([key]) => key),
        [],
        `${locale}: no code leads there`,
      );
    }
  });
}
