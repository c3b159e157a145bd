/** What an agent answers to a request: RFC 1157 §4.1 for v1, RFC 3416 §4.2 for v2c. There is no set. */
import type { Oid, Varbind } from '@rsb/snmp';
import { ERROR_STATUS, encodeResponse, type Request } from '@rsb/snmp/message';
import type { Mib } from './mib.ts';

export interface AgentLimits {
  /** Bytes of the longest response; beyond it the agent says tooBig, or repeats less in a getBulk. */
  readonly largestResponse: number;
}

export function respond(request: Request, mib: Mib, limits: AgentLimits): Uint8Array {
  switch (request.pdu) {
    case 'get':
      return answerAll(request, limits, (name) => lookUp(request, mib, name));
    case 'getNext':
      return answerAll(request, limits, (name) => step(request, mib, name));
    case 'getBulk':
      return answerBulk(request, mib, limits);
  }
}

/** An answer with an error names the objects of the request again, without values. */
export function errorResponse(request: Request, status: keyof typeof ERROR_STATUS, index: number): Uint8Array {
  // RFC 3416 §4.2.1: a v2c agent that says tooBig sends no varbind.
  const names = status === 'tooBig' && request.version === 'v2c' ? [] : request.oids;
  return encodeResponse({
    version: request.version,
    community: request.community,
    requestId: request.requestId,
    errorStatus: ERROR_STATUS[status],
    errorIndex: index,
    varbinds: names.map((oid) => ({ oid, value: { type: 'null' } })),
  });
}

function answerAll(request: Request, limits: AgentLimits, answer: (name: Oid) => Varbind | 'noSuchName'): Uint8Array {
  const varbinds: Varbind[] = [];
  for (const [position, name] of request.oids.entries()) {
    const varbind = answer(name);
    if (varbind === 'noSuchName') return errorResponse(request, 'noSuchName', position + 1);
    varbinds.push(varbind);
  }
  const bytes = encode(request, varbinds);
  return bytes.length > limits.largestResponse ? errorResponse(request, 'tooBig', 0) : bytes;
}

function lookUp(request: Request, mib: Mib, name: Oid): Varbind | 'noSuchName' {
  const value = mib.get(name);
  if (request.version === 'v1') {
    // RFC 3584 §4.2.2.1: v1 cannot carry a Counter64.
    return value === undefined || value.type === 'counter64' ? 'noSuchName' : { oid: name, value };
  }
  return { oid: name, value: value ?? { type: hasSiblings(mib, name) ? 'noSuchInstance' : 'noSuchObject' } };
}

/** Whether the agent has another instance of the same object, as far as names tell. */
function hasSiblings(mib: Mib, name: Oid): boolean {
  const parent = name.slice(0, name.lastIndexOf('.')) as Oid;
  return mib.next(parent)?.oid.startsWith(`${parent}.`) ?? false;
}

function step(request: Request, mib: Mib, name: Oid): Varbind | 'noSuchName' {
  let next = mib.next(name);
  if (request.version !== 'v1') return next ?? { oid: name, value: { type: 'endOfMibView' } };
  while (next?.value.type === 'counter64') next = mib.next(next.oid);
  return next ?? 'noSuchName';
}

function answerBulk(request: Request, mib: Mib, limits: AgentLimits): Uint8Array {
  const repeated = request.oids.slice(request.nonRepeaters);
  const varbinds = request.oids.slice(0, request.nonRepeaters).map((name) => next(mib, name));
  let last: readonly Oid[] = repeated;
  let size = 0;
  for (let round = 0; round < request.maxRepetitions && repeated.length > 0; round += 1) {
    const found = last.map((name) => next(mib, name));
    varbinds.push(...found);
    last = found.map(({ oid }) => oid);
    if (found.every(({ value }) => value.type === 'endOfMibView')) break;
    size += found.reduce((bytes, { oid }) => bytes + smallestSize(oid), 0);
    if (size > limits.largestResponse) break;
  }
  return encodeFirst(request, varbinds, limits);
}

const next = (mib: Mib, name: Oid): Varbind => mib.next(name) ?? { oid: name, value: { type: 'endOfMibView' } };

/** A varbind takes an octet an arc at least, and six for its frame. */
const smallestSize = (oid: Oid): number => oid.split('.').length + 5;

/** RFC 3416 §4.2.3: as many varbinds, from the first on, as fit. */
function encodeFirst(request: Request, varbinds: readonly Varbind[], limits: AgentLimits): Uint8Array {
  const whole = encode(request, varbinds);
  if (whole.length <= limits.largestResponse) return whole;
  let fits = 0;
  let tooMany = varbinds.length;
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >>> 1;
    if (encode(request, varbinds.slice(0, middle)).length <= limits.largestResponse) fits = middle;
    else tooMany = middle;
  }
  return fits === 0 ? errorResponse(request, 'tooBig', 0) : encode(request, varbinds.slice(0, fits));
}

const encode = ({ version, community, requestId }: Request, varbinds: readonly Varbind[]): Uint8Array =>
  encodeResponse({ version, community, requestId, errorStatus: 0, errorIndex: 0, varbinds });
