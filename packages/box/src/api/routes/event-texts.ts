/** Events as the text of a stream, made once for all pages that are told the same at the same time. */
import type { BoxEvent } from '@rsb/contract';
import { type Clock, millis } from '@rsb/runtime';
import type { BoxService } from '../../service/index.ts';

export interface EventTexts {
  state(viewer: { readonly signedIn: boolean }): string;
  /** What is known of a device now; that it was removed, where nothing is. */
  device(id: string): string;
  settings(revision: number): string;
  /** Last of what is told together, so that a page which lost the rest does not believe to have it. */
  mark(): string;
  reload(): string;
  /** A device is no longer what it was. */
  forget(id: string): void;
}

/** A state tells the box's time: an older one would set a page's clock wrong. */
const FRESH = millis(50);
/** Beyond so many devices nothing is kept: the memory of a small box is worth more. */
const MOST_KEPT = 500;

export const eventText = ({ event, data }: BoxEvent): string => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

export function createEventTexts(service: BoxService, clock: Pick<Clock, 'monotonic'>): EventTexts {
  const states = new Map<boolean, { readonly at: number; readonly text: string }>();
  const devices = new Map<string, string>();
  return {
    state({ signedIn }) {
      const at = clock.monotonic();
      const kept = states.get(signedIn);
      if (kept && at - kept.at < FRESH) return kept.text;
      const text = eventText({ event: 'state', data: service.view({ signedIn, mayRead: true }) });
      states.set(signedIn, { at, text });
      return text;
    },
    device(id) {
      const kept = devices.get(id);
      if (kept !== undefined) return kept;
      const device = service.findDevice(id);
      const text = eventText(device ? { event: 'device', data: device } : { event: 'removed', data: { id } });
      if (devices.size >= MOST_KEPT) devices.clear();
      devices.set(id, text);
      return text;
    },
    settings: (revision) => eventText({ event: 'settings', data: { revision } }),
    // A browser that reconnects by itself sends the id back as Last-Event-ID.
    mark: () => `id: ${service.mark()}\n${eventText({ event: 'mark', data: { mark: service.mark() } })}`,
    reload: () => eventText({ event: 'reload', data: {} }),
    forget: (id) => void devices.delete(id),
  };
}
