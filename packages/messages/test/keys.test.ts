import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { LOCALES } from '../src/index.ts';

const FILES = readdirSync(join(import.meta.dirname, '../messages/en')).map((name) => name.replace('.json', ''));
type Messages = Readonly<Record<string, unknown>>;

const messagesOf = (locale: string, file: string): Messages =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../messages', locale, `${file}.json`), 'utf8')) as Messages;

/** All sentences of a message: one, or one a plural form. */
function sentences(message: unknown): readonly string[] {
  if (typeof message === 'string') return [message];
  const [variants] = message as readonly { readonly match: Readonly<Record<string, string>> }[];
  return Object.values(variants?.match ?? {});
}

const parameters = (text: string): readonly string[] =>
  [...text.matchAll(/\{([a-z][A-Za-z0-9_]*)\}/g)].map((match) => match[1] ?? '').sort();
const markup = (text: string): readonly string[] => text.match(/\{[#/][a-z]+\}/g) ?? [];
const distinct = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();

test('every message is there in every language, in the same file', () => {
  let counted = 0;
  for (const file of FILES) {
    const english = Object.keys(messagesOf('en', file)).sort();
    counted += english.length;
    for (const locale of LOCALES)
      assert.deepEqual(Object.keys(messagesOf(locale, file)).sort(), english, `${locale}/${file}`);
  }
  assert.ok(counted > 400, `only ${counted} messages were looked at`);
});

test('no message is named twice', () => {
  const keys = FILES.flatMap((file) => Object.keys(messagesOf('en', file)));
  assert.deepEqual(
    keys.filter((key, at) => keys.indexOf(key) !== at),
    [],
  );
});

test('a message takes the same values and shows the same facts in every language', () => {
  for (const file of FILES) {
    const english = messagesOf('en', file);
    for (const locale of LOCALES) {
      for (const [key, message] of Object.entries(messagesOf(locale, file))) {
        const of = (found: unknown) => sentences(found).flatMap(parameters);
        const place = `${locale}/${file} ${key}`;
        assert.deepEqual(distinct(of(message)), distinct(of(english[key])), place);
        const bold = (found: unknown) => distinct(sentences(found).flatMap(markup));
        assert.deepEqual(bold(message), bold(english[key]), place);
        assert.ok(sentences(message).length > 0, place);
      }
    }
  }
});

test('on a page, French leaves no sign alone at the start of a line', () => {
  for (const file of FILES.filter((name) => name !== 'cli' && name !== 'commands')) {
    for (const [key, message] of Object.entries(messagesOf('fr', file)))
      for (const text of sentences(message)) assert.doesNotMatch(text, / [:;?!»]|« /, `fr/${file} ${key}`);
  }
});

test('nobody is begged, blamed or congratulated', () => {
  const forbidden = {
    en: /please|oops|successfully|unknown error|!(?=\s|$)/i,
    fr: /veuillez|succès|oups|!(?=\s|$)/i,
    de: /bitte|erfolgreich|hoppla|!(?=\s|$)/i,
  };
  for (const locale of LOCALES) {
    for (const file of FILES) {
      for (const [key, message] of Object.entries(messagesOf(locale, file)))
        for (const text of sentences(message)) assert.doesNotMatch(text, forbidden[locale], `${locale}/${file} ${key}`);
    }
  }
});
