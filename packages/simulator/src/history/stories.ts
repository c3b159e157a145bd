/** What may happen to a machine or a box in its past, so that a page about such a thing has one to show. */

export type Story =
  /** It reports this now, since so many hours. */
  | { readonly kind: 'error'; readonly error: 'jammed' | 'serviceRequested' | 'doorOpen'; readonly hours: number }
  /** It has not answered for so many hours, and its box has. */
  | { readonly kind: 'silent'; readonly hours: number }
  /** So many days ago its board was changed: the counters stand elsewhere. */
  | { readonly kind: 'board'; readonly days: number; readonly counter: number }
  /** So many days ago its counters rose by more than anybody can have printed. */
  | { readonly kind: 'jump'; readonly days: number; readonly pages: number }
  /** Between two days its firmware told mono as color. */
  | { readonly kind: 'exchanged'; readonly days: number }
  /** It came so many days ago, in the place of another machine. */
  | { readonly kind: 'replaces'; readonly days: number }
  /** So many days ago it got another address. */
  | { readonly kind: 'moved'; readonly days: number }
  | { readonly kind: 'firmware'; readonly days: number };

/** One machine in five has a story that can still be seen; which one it is follows from its number alone. */
export function storyOf(number: number): Story | null {
  switch (number % 61) {
    case 3:
      return { kind: 'error', error: 'jammed', hours: 2 + (number % 5) };
    case 9:
      return { kind: 'error', error: 'serviceRequested', hours: 9 + (number % 40) };
    case 15:
      return { kind: 'error', error: 'doorOpen', hours: 1 + (number % 26) };
    case 20:
      return { kind: 'silent', hours: 60 + (number % 200) };
    case 27:
      return { kind: 'board', days: 4 + (number % 20), counter: 1200 + (number % 900) };
    case 33:
      return { kind: 'jump', days: 2 + (number % 25), pages: 90_000 + number };
    case 39:
      return { kind: 'exchanged', days: 40 + (number % 60) };
    case 44:
      return { kind: 'replaces', days: 120 + (number % 200) };
    case 50:
      return { kind: 'moved', days: 10 + (number % 80) };
    case 4:
    case 18:
    case 36:
    case 58:
      return { kind: 'firmware', days: 30 + ((number * 7) % 300) };
    default:
      return null;
  }
}

export interface BoxStory {
  /** Hours since it was heard last; 0: it is. */
  readonly silentHours: number;
  /** A stretch in which it could not report, days ago: from, to. What was read then came later. */
  readonly away: readonly [number, number] | null;
  /** A day on which its clock said 1970, days ago. */
  readonly clockLost: number | null;
}

export function boxStoryOf(number: number): BoxStory {
  return {
    silentHours: number % 23 === 5 ? 26 + (number % 30) : 0,
    away: number % 9 === 4 ? [58, 52] : null,
    clockLost: number % 11 === 7 ? 70 : null,
  };
}
