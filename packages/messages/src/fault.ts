/** The wording of an expected failure: the same on page, command line, mail and in a problem's title. */
import type { ErrorCode, ErrorParams } from '@rsb/contract';
import * as m from '../generated/messages.js';
import type { Locale } from './locale.ts';

type Wording = (inputs: ErrorParams, options: { locale: Locale }) => string;

/** Looked up by name: a code without a sentence is a failing test, not a blank page. */
const wordings = m as unknown as Readonly<Record<string, Wording | undefined>>;

/** Whether there is a sentence for it: a code of a newer version has none here. */
export const isWorded = (code: string): code is ErrorCode => wordings[`error_${code}`] !== undefined;

export function wordFault(fault: { readonly code: ErrorCode; readonly params: ErrorParams }, locale: Locale): string {
  const wording = wordings[`error_${fault.code}`];
  return wording ? wording(wordedDetail(fault.params, locale), { locale }) : fault.code;
}

/** Beneath the field itself its path says nothing: null where the fault says no more than that. */
export function wordFieldDetail(params: ErrorParams, locale: Locale): string | null {
  const { detail } = wordedDetail(params, locale);
  if (typeof detail !== 'string' || detail === '') return null;
  return `${detail.charAt(0).toLocaleUpperCase(locale)}${detail.slice(1)}.`;
}

/** A `detail` may be a word of ours (`prefixAbove`), said in the reader's language, or a system's own text, said as it is. */
function wordedDetail(params: ErrorParams, locale: Locale): ErrorParams {
  const { detail } = params;
  const wording = typeof detail === 'string' ? wordings[`detail_${detail}`] : undefined;
  return wording ? { ...params, detail: wording(params, { locale }) } : params;
}
