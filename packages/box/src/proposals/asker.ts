/** When the box asks central what it proposes: after a report arrived, and every few minutes; one question at a time. */
import type { Fault, ProposalAnswer } from '@rsb/contract';
import { createUnsealer, type Unsealer } from '@rsb/contract/proposal-seal';
import { type Clock, type Log, type Millis, millis, minutes, type Random, seconds, type Timer } from '@rsb/runtime';
import { askProposals, type Line, type ReportSender } from '../line/index.ts';

export interface Asker {
  /** A report has just arrived: a good moment to ask. */
  poke(): void;
  /** At once, for somebody waits; resolves when it is answered. */
  askNow(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
}

export interface AskerDeps {
  /** Null until enrolled, and where no central is set. */
  readonly way: () => { readonly line: Line; readonly sender: ReportSender } | null;
  readonly expected: () => string | null;
  readonly take: (answer: ProposalAnswer, unsealer: Unsealer, agent: string) => void;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** A technician on the telephone waits so long for a command. A question and its answer are some 1.5 kB. */
const ASK_EVERY = minutes(5);
/** Reports follow each other closely during a scan. */
const NOT_SOONER_THAN = seconds(30);
const ASK_BYTES = 16;

export function createAsker(deps: AskerDeps): Asker {
  const { clock, random, log } = deps;
  const cut = new AbortController();
  let timer: Timer | null = null;
  let asked: number | null = null;
  let current: Promise<void> | null = null;
  let lastFault: Fault['code'] | null = null;

  const ask = async () => {
    const way = deps.way();
    if (!way) return;
    asked = clock.monotonic();
    const unsealer = createUnsealer();
    const question = {
      ask: Buffer.from(random.bytes(ASK_BYTES)).toString('hex'),
      key: unsealer.key,
      expected: deps.expected(),
    };
    const answer = await askProposals(way.line, way.sender, question, clock, cut.signal);
    if (cut.signal.aborted) return;
    if (answer.ok) {
      lastFault = null;
      deps.take(answer.value, unsealer, way.sender.agent);
      return;
    }
    const { code, params } = answer.error.fault;
    // A central of an older version has no such thing, and an outage is not a log of tries.
    if (code !== lastFault) log.warn('central was not asked for proposals', { ...params, code });
    lastFault = code;
  };

  const run = (): Promise<void> => {
    current ??= ask()
      .catch((error: unknown) => log.error('proposals not taken', { detail: String(error) }))
      .finally(() => {
        current = null;
        wakeAfter(ASK_EVERY);
      });
    return current;
  };

  const wakeAfter = (delay: Millis) => {
    timer?.cancel();
    if (!cut.signal.aborted) timer = clock.after('proposals are asked for', delay, () => void run());
  };

  return {
    poke() {
      if (current || cut.signal.aborted) return;
      const since = asked === null ? NOT_SOONER_THAN : clock.monotonic() - asked;
      if (since >= NOT_SOONER_THAN) void run();
      else wakeAfter(millis(NOT_SOONER_THAN - since));
    },
    askNow: () => (cut.signal.aborted ? Promise.resolve() : run()),
    start: () => wakeAfter(ASK_EVERY),
    async stop() {
      cut.abort();
      timer?.cancel();
      await current;
    },
  };
}
