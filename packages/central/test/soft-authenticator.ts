/** An authenticator in software: makes passkeys and answers with them as a browser would, and wrongly where a test asks for it. */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import type { PasskeyAnswer, PasskeyCreation, PasskeyMade, PasskeyQuestion } from '@rsb/contract';

export interface Deviation {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  readonly type?: string;
  /** UP | UV | AT …; what a good authenticator says is 0x05 for an answer, 0x45 for a new passkey. */
  readonly flags?: number;
  readonly counter?: number;
  readonly userHandle?: string;
  readonly id?: string;
  readonly signature?: string;
  readonly crossOrigin?: boolean;
}

export interface SoftPasskey {
  readonly id: string;
  answer(question: PasskeyQuestion, deviation?: Deviation): PasskeyAnswer;
  readonly made: PasskeyMade;
}

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
const sha256 = (bytes: Uint8Array | string): Buffer => createHash('sha256').update(bytes).digest();

export function makePasskey(
  options: PasskeyCreation,
  origin: string,
  name: string,
  deviation: Deviation = {},
): SoftPasskey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const id = randomBytes(32);
  const idText = deviation.id ?? base64url(id);
  const cose = cborMap([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, Buffer.from(x, 'base64url')],
    [-3, Buffer.from(y, 'base64url')],
  ]);
  const rpId = deviation.rpId ?? options.rp.id;
  const head = Buffer.alloc(5);
  head.writeUInt8(deviation.flags ?? 0x45, 0);
  head.writeUInt32BE(deviation.counter ?? 1, 1);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(id.length);
  const authData = Buffer.concat([sha256(rpId), head, Buffer.alloc(16), length, id, cose]);
  const attestation = cborMap([
    ['fmt', 'none'],
    ['attStmt', {}],
    ['authData', authData],
  ]);
  const clientData = clientDataOf('webauthn.create', options.challenge, origin, deviation);
  let counter = deviation.counter ?? 1;
  const userHandle = options.user.id;
  return {
    id: idText,
    made: {
      name,
      credential: {
        id: idText,
        rawId: idText,
        type: 'public-key',
        response: {
          clientDataJSON: base64url(clientData),
          attestationObject: base64url(attestation),
          transports: ['internal'],
        },
      },
    },
    answer(question, odd = {}) {
      counter += 1;
      return answerOf(question, origin, { counter, userHandle, id: idText, ...odd }, privateKey);
    },
  };
}

function answerOf(
  question: PasskeyQuestion,
  origin: string,
  odd: Deviation & { readonly counter: number; readonly userHandle: string; readonly id: string },
  privateKey: KeyObject,
): PasskeyAnswer {
  const head = Buffer.alloc(5);
  head.writeUInt8(odd.flags ?? 0x05, 0);
  head.writeUInt32BE(odd.counter, 1);
  const authData = Buffer.concat([sha256(odd.rpId ?? question.rpId), head]);
  const clientData = clientDataOf('webauthn.get', question.challenge, origin, odd);
  const signature = sign('sha256', Buffer.concat([authData, sha256(clientData)]), privateKey);
  return {
    credential: {
      id: odd.id,
      rawId: odd.id,
      type: 'public-key',
      response: {
        clientDataJSON: base64url(clientData),
        authenticatorData: base64url(authData),
        signature: odd.signature ?? base64url(signature),
        userHandle: odd.userHandle,
      },
    },
  };
}

const clientDataOf = (type: string, challenge: string, origin: string, odd: Deviation): Buffer =>
  Buffer.from(
    JSON.stringify({
      type: odd.type ?? type,
      challenge: odd.challenge ?? challenge,
      origin: odd.origin ?? origin,
      crossOrigin: odd.crossOrigin ?? false,
    }),
  );

type CborKey = number | string;
type CborValue = number | string | Buffer | Record<string, never>;

/** Just as much of CBOR (RFC 8949) as a passkey takes. */
function cborMap(entries: readonly (readonly [CborKey, CborValue])[]): Buffer {
  return Buffer.concat([cborHead(5, entries.length), ...entries.flatMap(([key, value]) => [cbor(key), cbor(value)])]);
}

function cbor(value: CborValue): Buffer {
  if (typeof value === 'number') return value < 0 ? cborHead(1, -1 - value) : cborHead(0, value);
  if (typeof value === 'string') return Buffer.concat([cborHead(3, value.length), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([cborHead(2, value.length), value]);
  return cborHead(5, 0);
}

function cborHead(major: number, length: number): Buffer {
  if (length < 24) return Buffer.from([(major << 5) | length]);
  if (length < 256) return Buffer.from([(major << 5) | 24, length]);
  return Buffer.from([(major << 5) | 25, length >> 8, length & 0xff]);
}
