/**
 * A clock that moves only while the box waits for machines that do not answer: time-outs pass in moments, and however
 * busy the computer is, no answer is ever too late.
 */
import { type Instant, type ManualClock, manualClock, millis } from '@rsb/runtime';
import type { RunningSite } from '@rsb/simulator';
import type { SnmpEngine } from '@rsb/snmp';

export interface EngineWatch {
  /** The same engine, whose calls are known to be under way. */
  watched(engine: SnmpEngine): SnmpEngine;
  isBusy(): boolean;
  /** Resolves when no call is under way and none follows. */
  settle(): Promise<void>;
}

export interface PatientClock {
  readonly clock: ManualClock;
  readonly engine: EngineWatch;
  /** Begins to drive, until `stop`. */
  drive(site: Pick<RunningSite, 'addresses' | 'traffic'>): void;
  stop(): Promise<void>;
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
/** Turns of the loop in which a datagram within this process has surely arrived and been answered. */
const QUIET_TURNS = 12;
const STEP = millis(100);

export function watchEngine(): EngineWatch {
  let open = 0;
  const counted = async <T>(call: Promise<T>): Promise<T> => {
    open += 1;
    try {
      return await call;
    } finally {
      open -= 1;
    }
  };
  return {
    watched: (engine) => ({
      get: (...ask) => counted(engine.get(...ask)),
      walk: (...ask) => counted(engine.walk(...ask)),
      poll: (...ask) => counted(engine.poll(...ask)),
      close: () => engine.close(),
    }),
    isBusy: () => open > 0,
    async settle() {
      // Bounded, so that a call that never ends cannot hang a test.
      for (let quiet = 0, turns = 0; quiet < 4 && turns < 20_000; turns += 1) {
        await turn();
        quiet = open === 0 ? quiet + 1 : 0;
      }
    },
  };
}

export function patientClock(start: Instant): PatientClock {
  let stopped = false;
  let driving: Promise<void> | null = null;
  const engine = watchEngine();
  const clock = manualClock(start, turn);
  return {
    clock,
    engine,
    drive(site) {
      const seen = () =>
        site.addresses.reduce((sum, address) => {
          const { received, sent } = trafficOf(site, address);
          return sum + received + sent;
        }, 0);
      driving = (async () => {
        let before = seen();
        for (let quiet = 0; !stopped; ) {
          await turn();
          const now = seen();
          quiet = now === before && engine.isBusy() ? quiet + 1 : 0;
          before = now;
          if (!engine.isBusy()) await new Promise((resolve) => setTimeout(resolve, 2));
          if (quiet < QUIET_TURNS) continue;
          quiet = 0;
          await clock.advance(STEP);
        }
      })();
    },
    async stop() {
      stopped = true;
      await driving;
    },
  };
}

/** One that was unplugged has none. */
function trafficOf(site: Pick<RunningSite, 'traffic'>, address: string) {
  try {
    return site.traffic(address);
  } catch {
    return { received: 0, sent: 0 };
  }
}
