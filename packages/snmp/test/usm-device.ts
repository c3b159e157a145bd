/** Devices with SNMPv3 users, in memory: an honest one, and whatever a test makes of its messages. */
import { type Clock, instant, type ManualClock, manualClock, millis, seededRandom } from '@rsb/runtime';
import {
  type AuthProtocol,
  type EngineOptions,
  type OpenUdpSocket,
  oid,
  type PrivacyProtocol,
  type RunningEngine,
  type Target,
  type UsmCredential,
  usmKey,
} from '../src/index.ts';
import { UsmAgent } from '../src/usm/agent.ts';
import { type Answer, honestAnswer, integer } from './agent.ts';
import { engineOn } from './engine-under-test.ts';
import { fromHex } from './hex.ts';

export const ENGINE_ID = fromHex('80001f8880a3b1c2d300000000');
export const NAME = oid('1.3.6.1.2.1.43.10.2.1.4.1.1');
export const RIGHT = 83_203;

export function user(
  name: string,
  auth: AuthProtocol | null,
  privacy: PrivacyProtocol | null = null,
  [passphrase, secret]: readonly [string, string] = ['maplesyrup', 'otherphrase'],
): UsmCredential {
  return {
    version: 'v3',
    user: name,
    context: '',
    auth: auth && { protocol: auth, key: usmKey(auth, passphrase) },
    privacy: auth && privacy && { protocol: privacy, key: usmKey(auth, secret) },
  };
}

export const OPEN = user('open', null);
export const SIGNING = user('signing', 'sha256');
export const SEALING = user('sealing', 'sha256', 'aes128');
export const USERS = [OPEN, SIGNING, SEALING];

export interface AgentChange {
  readonly engineId?: Uint8Array;
  readonly boots?: number;
  readonly largestMessage?: number;
  readonly users?: readonly UsmCredential[];
}

/** Its time starts with it. */
export const agentOn = (
  clock: Clock,
  { engineId = ENGINE_ID, boots = 7, users = USERS, ...rest }: AgentChange = {},
): UsmAgent => new UsmAgent({ engineId, boots, users, clock, random: seededRandom(boots), ...rest });

export const RIGHT_ANSWER = honestAnswer([{ oid: NAME, value: integer(RIGHT) }]);

/** What `agent` says to a datagram: a report, or `answer` in a message. */
export function saidBy(agent: UsmAgent, datagram: Uint8Array, answer: Answer = RIGHT_ANSWER): readonly Uint8Array[] {
  const heard = agent.receive(datagram);
  switch (heard.kind) {
    case 'reply':
      return [heard.bytes];
    case 'request':
      return answer(heard.request, datagram).map((each) => heard.wrap(each));
    case 'nothing':
      return [];
  }
}

export interface UnderTest {
  readonly engine: RunningEngine;
  readonly clock: ManualClock;
  readonly target: (credential: UsmCredential) => Target;
  /** Datagrams that the engine sent, in order. */
  readonly sent: readonly Uint8Array[];
}

/** An engine whose only device answers each datagram by `say`, a microtask later. */
export function engineFacing(
  say: (datagram: Uint8Array, clock: ManualClock) => readonly Uint8Array[],
  options: Partial<EngineOptions> = {},
): UnderTest {
  const clock = manualClock(instant(0));
  const sent: Uint8Array[] = [];
  const openSocket: OpenUdpSocket = (_family, onDatagram) => ({
    send(bytes, port, address) {
      sent.push(new Uint8Array(bytes));
      const replies = say(bytes, clock);
      queueMicrotask(() => {
        for (const each of replies) onDatagram(each, address, port);
      });
    },
    close: () => {},
  });
  const target = (credential: UsmCredential): Target => ({ address: '127.18.0.1', port: 161, credential });
  return { engine: engineOn(clock, { ...options, openSocket }), clock, target, sent };
}

export const SHORT = { timeout: millis(1000), retries: 2 } as const;
