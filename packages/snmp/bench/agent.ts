/**
 * The other side of the bench, in a process of its own: as many agents as asked for, each on its own loopback address,
 * all giving the same ten values. Answers are made once, only the request id changes, so that the bench is not held up.
 */
import { createSocket } from 'node:dgram';
import { systemClock, systemRandom } from '@rsb/runtime';
import { type UsmCredential, usmKey } from '../src/index.ts';
import { encodeResponse } from '../src/message.ts';
import { oid } from '../src/oid.ts';
import { UsmAgent } from '../src/usm/agent.ts';
import { isV3 } from '../src/usm/message.ts';

export const ASKED = Array.from({ length: 10 }, (_, index) => oid(`1.3.6.1.2.1.43.11.1.1.9.1.${index + 1}`));

const PLACEHOLDER = 0x01020304;

function answerWith(requestId: number): Uint8Array {
  return encodeResponse({
    version: 'v2c',
    community: 'public',
    requestId,
    errorStatus: 0,
    errorIndex: 0,
    varbinds: ASKED.map((name, index) => ({ oid: name, value: { type: 'integer', value: index * 1000 } })),
  });
}

/** Offset of the content of the n-th INTEGER after the community: both messages have the request id at one place. */
function requestIdAt(bytes: Uint8Array): number {
  const lengthOctets = (at: number) => ((bytes[at] ?? 0) < 0x80 ? 1 : 1 + ((bytes[at] ?? 0) & 0x7f));
  const message = 1 + lengthOctets(1);
  const community = message + 3;
  const pdu = community + 2 + (bytes[community + 1] ?? 0);
  return pdu + 1 + lengthOctets(pdu + 1) + 2;
}

/** A function that turns a request's bytes into its answer's. */
export function quickAnswers(): (request: Uint8Array) => Uint8Array {
  const template = answerWith(PLACEHOLDER);
  const at = requestIdAt(template);
  return (request) => {
    const asked = requestIdAt(request);
    const length = request[asked - 1] ?? 4;
    const reply = Buffer.allocUnsafe(template.length);
    reply.set(template);
    reply.fill(0, at, at + 4 - length);
    reply.set(request.subarray(asked, asked + length), at + 4 - length);
    return reply;
  };
}

export const PASSPHRASES = ['maplesyrup', 'otherphrase'] as const;
const AUTH_PRIV = { auth: 'sha256', privacy: 'aes128' } as const;

/** Whom the agents answer by SNMPv3, signed and encrypted. */
export const USER: UsmCredential = {
  version: 'v3',
  user: 'fleet',
  context: '',
  auth: { protocol: AUTH_PRIV.auth, key: usmKey(AUTH_PRIV.auth, PASSPHRASES[0]) },
  privacy: { protocol: AUTH_PRIV.privacy, key: usmKey(AUTH_PRIV.auth, PASSPHRASES[1]) },
};

/** Reports to whoever does not know the engine yet, and answers to the user. */
function usmAnswers(index: number): (request: Uint8Array) => Uint8Array | undefined {
  const engineId = Uint8Array.of(0x80, 0, 0x1f, 0x88, 4, 1, 2, index & 255);
  const agent = new UsmAgent({ engineId, boots: 1, users: [USER], clock: systemClock(), random: systemRandom() });
  return (request) => {
    const heard = agent.receive(request);
    if (heard.kind === 'nothing') return undefined;
    return heard.kind === 'reply' ? heard.bytes : heard.wrap(answerWith(heard.request.requestId));
  };
}

function start(agents: number): void {
  const plain = quickAnswers();
  const ports: number[] = [];
  let bound = 0;
  for (let index = 0; index < agents; index += 1) {
    const socket = createSocket({ type: 'udp4', recvBufferSize: 1 << 20 });
    const sealed = usmAnswers(index);
    socket.on('message', (bytes, from) => {
      const answer = isV3(bytes) ? sealed(bytes) : plain(bytes);
      if (answer !== undefined) socket.send(answer, from.port, from.address);
    });
    socket.bind(0, `127.9.0.${index + 1}`, () => {
      ports[index] = socket.address().port;
      bound += 1;
      if (bound === agents) process.send?.({ ports });
    });
  }
}

if (process.send !== undefined && import.meta.main) start(Number(process.argv[2]));
