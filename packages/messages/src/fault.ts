/** The wording of an expected failure: the same on page, command line, mail and in a problem's title. */
import type { ErrorCode, ErrorParams } from '@rsb/contract';
import * as m from '../generated/messages.js';
import type { Locale } from './locale.ts';

type Wording = (inputs: ErrorParams, options: { locale: Locale }) => string;

/** Looked up by name: a code without a sentence is a failing test, not a blank page. */
const wordings = m as unknown as Readonly<Record<string, Wording | undefined>>;

export function wordFault(fault: { readonly code: ErrorCode; readonly params: ErrorParams }, locale: Locale): string {
  const wording = wordings[`error_${fault.code}`];
  return wording ? wording(fault.params, { locale }) : fault.code;
}
