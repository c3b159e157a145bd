/** Ends a source at once on abort, also while it makes us wait. */
export async function* untilAborted(
  addresses: AsyncIterable<string> | Iterable<string>,
  signal: AbortSignal,
): AsyncGenerator<string> {
  if (!(Symbol.asyncIterator in addresses)) {
    for (const address of addresses) {
      if (signal.aborted) return;
      yield address;
    }
    return;
  }
  const aborted = new Promise<'aborted'>((resolve) => {
    if (signal.aborted) resolve('aborted');
    else signal.addEventListener('abort', () => resolve('aborted'), { once: true });
  });
  const source = addresses[Symbol.asyncIterator]();
  for (;;) {
    const step = await Promise.race([source.next(), aborted]);
    if (step === 'aborted') {
      // A source that waits answers `return` only when its wait ends; nobody needs its answer.
      void source.return?.().catch(() => {});
      return;
    }
    if (step.done) return;
    yield step.value;
  }
}
