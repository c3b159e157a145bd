/** Starts a wire site in a process of its own and talks to it. */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { LineConditions, WireTally } from './wire-site.ts';

export type SiteOrder =
  | { readonly do: 'reset'; readonly seed: number; readonly line: LineConditions }
  | { readonly do: 'tally' };

export type SiteReply =
  | { readonly told: 'ready' }
  | { readonly told: 'tally'; readonly tally: WireTally }
  | ({ readonly told: 'started' } & Inhabitants);

export interface Inhabitants {
  readonly printers: readonly string[];
  readonly gear: readonly string[];
  readonly pingOnly: readonly string[];
}

export interface StartedWireSite extends Inhabitants {
  /** Counts anew, on another line. */
  reset(line: LineConditions, seed: number): Promise<void>;
  tally(): Promise<WireTally>;
  close(): Promise<void>;
}

/** `device`: the far end of the cable. `captures`: a folder of captures that stand for the printers. */
export async function startWireSite(device: string, network: string, captures = ''): Promise<StartedWireSite> {
  const child = fork(join(import.meta.dirname, 'site-process.ts'), [device, network, captures], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const waiting: ((reply: SiteReply | null) => void)[] = [];
  child.on('message', (reply: SiteReply) => waiting.shift()?.(reply));
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      for (const tell of waiting.splice(0)) tell(null);
      resolve();
    });
  });
  const next = () =>
    new Promise<SiteReply>((resolve, reject) => {
      waiting.push((reply) => (reply ? resolve(reply) : reject(new Error('the site has ended'))));
    });
  const order = (what: SiteOrder) => {
    const reply = next();
    child.send(what);
    return reply;
  };
  const started = await next();
  if (started.told !== 'started') throw new Error('the site has not started');
  const { printers, gear, pingOnly } = started;
  return {
    printers,
    gear,
    pingOnly,
    async reset(line, seed) {
      await order({ do: 'reset', seed, line });
    },
    async tally() {
      const reply = await order({ do: 'tally' });
      if (reply.told !== 'tally') throw new Error('the site told something else');
      return reply.tally;
    },
    async close() {
      child.disconnect();
      await ended;
    },
  };
}
