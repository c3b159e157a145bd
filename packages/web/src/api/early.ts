/** Answers that were asked for before the scripts had loaded (`box/first-asks.js`): each is taken once. */

declare global {
  interface Window {
    readonly rsbAsked?: Map<string, Promise<Response>>;
  }
}

/** `fetch`, but what is already on its way is not asked again. */
export function fetchAfter(view: Window & typeof globalThis): typeof fetch {
  return (input, init) => {
    const early = typeof input === 'string' && init?.method === 'GET' ? view.rsbAsked?.get(input) : undefined;
    if (!early) return view.fetch(input, init);
    view.rsbAsked?.delete(String(input));
    return early;
  };
}
