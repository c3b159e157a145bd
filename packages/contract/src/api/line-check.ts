/** The line check: what stands between this box and central, step by step. */
import Type, { type Static } from 'typebox';

export const LINE_STEPS = ['link', 'address', 'names', 'clock', 'proxy', 'tls', 'central'] as const;
export type LineStep = (typeof LINE_STEPS)[number];

/** POST /line-check (session): with a central that is not saved yet, or the saved one. */
export const LineCheckRequest = Type.Object({ url: Type.Optional(Type.String({ maxLength: 500 })) });

/** The answer is one line of JSON for each finding, as it comes (ndjson); a later one of the same step takes its place. */
export const LineFinding = Type.Object({
  step: Type.Enum(LINE_STEPS),
  /** `skipped`: an earlier step failed, or there is nothing to look at. */
  state: Type.Enum(['ok', 'limits', 'fails', 'skipped'] as const),
  /** One sentence, in the language that was asked for, ready to be passed on to who runs the network. */
  text: Type.String(),
});
export type LineFinding = Static<typeof LineFinding>;
