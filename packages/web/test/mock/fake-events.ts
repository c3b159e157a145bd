/** A stream of server-sent events that a test opens, breaks and fills. */

export class FakeEvents extends EventTarget {
  isClosed = false;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;

  close(): void {
    this.isClosed = true;
  }

  opened(): void {
    this.onopen?.();
  }

  failed(): void {
    this.onerror?.();
  }

  tell(event: string, data: unknown): void {
    this.dispatchEvent(new MessageEvent(event, { data: JSON.stringify(data) }));
  }

  /** The part of the interface that the page uses. */
  asEventSource(): EventSource {
    return this as unknown as EventSource;
  }
}
