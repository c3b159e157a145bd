/** Puts a box's wire parts together: the engine on the machine's own clock, the ping that this machine has. */
import { type BoxOptions, type RunningBox, startBox } from '@rsb/box';
import { askedLog } from '@rsb/box/read/index';
import type { Fault } from '@rsb/contract';
import { chooseSweep, whichOn } from '@rsb/icmp';
import { type Outcome, systemClock } from '@rsb/runtime';
import { createEngine } from '@rsb/snmp';
import manifest from '../package.json' with { type: 'json' };
import type { CommandIo } from './io.ts';
import { webRoot } from './web-root.ts';

type Given = Omit<BoxOptions, 'engine' | 'echo' | 'webRoot' | 'version' | 'language'>;

/** Time-outs are about the real wire, so the engine keeps the machine's clock where the box runs on a faster one. */
export async function runBox(options: Given, io: CommandIo): Promise<Outcome<RunningBox, Fault>> {
  const wireClock = systemClock();
  const observer = askedLog(io.env);
  const echo = await chooseSweep({ clock: wireClock, which: whichOn(io.env['PATH']) });
  return startBox({
    ...options,
    version: manifest.version,
    language: io.locale,
    webRoot: webRoot('box'),
    echo,
    env: io.env,
    engine: ({ gate, allow, asked }) =>
      createEngine({
        clock: wireClock,
        random: options.random,
        gate,
        allow,
        observer: (address, object) => {
          asked(address, object);
          observer?.(address, object);
        },
      }),
  });
}
