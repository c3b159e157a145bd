/* What the first page asks of the box is on its way while the scripts still load; `api/early.ts` hands it over. */
(() => {
  if (/^\/(start|signin)/.test(location.pathname)) return;
  const ask = (path) => {
    const answer = fetch(path, {
      headers: { accept: 'application/json' },
      credentials: 'same-origin',
      cache: 'no-store',
      signal: AbortSignal.timeout(30_000),
    });
    // Whoever takes it is told; nobody taking it is no fault.
    answer.catch(() => {});
    return [path, answer];
  };
  window.rsbAsked = new Map(['/api/v1/session', '/api/v1/state', '/api/v1/devices'].map(ask));
})();
