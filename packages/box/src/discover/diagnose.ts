/**
 * Why an address is read, or is not: everything is tried once, and the cause is told as exactly as SNMP v1 and v2c let it
 * be known. A wrong community is never answered (RFC 1157 §4.1), so that it looks like a filter on the way.
 */
import { type DriverDefinition, IDENTIFYING } from '@rsb/drivers';
import type { EchoSweep } from '@rsb/icmp';
import type { Millis } from '@rsb/runtime';
import type { Credential, Patience, SendGate, SnmpEngine, SnmpFailure } from '@rsb/snmp';
import { encodeFirstRequest } from '@rsb/snmp/message';
import { codeOf } from '../read/gathered.ts';
import { type AddressedDevice, identifyDevice, type WhoIsThere } from '../read/identify-device.ts';
import { isTold } from '../read/stored-value.ts';
import { echoBytes } from './alive.ts';
import type { Load } from './discover.ts';
import type { PortProbe, PortState } from './port-probe.ts';

/** SNMPv3 will add what its Reports tell: unknown user, wrong digest, time window, level. */
export type Cause =
  | 'printer'
  /** Answers SNMP and has no Printer-MIB. */
  | 'notPrinter'
  /** Answers SNMP, but has none of the objects that tell what it is: its view leaves them out. */
  | 'showsNothing'
  /** Answers with errors only. */
  | 'refused'
  /** Answers with what is no SNMP. */
  | 'malformed'
  /** ICMP says that nobody listens on the port. */
  | 'portClosed'
  /** ICMP says that a router or firewall lets nothing through. */
  | 'prohibited'
  /** One of many packets was answered. */
  | 'lossy'
  /** Answers an echo, and nothing else. */
  | 'snmpSilent'
  /** Answers nothing at all. */
  | 'silent'
  /** No SNMP, and there was no means to ping. */
  | 'silentUnpinged'
  /** This machine could not even send. */
  | 'unreachable'
  | 'aborted';

export interface PingFinding {
  readonly method: EchoSweep['method'];
  readonly state: 'answers' | 'silent' | 'unknown';
  readonly roundTrip: Millis | null;
}

export interface AttemptFinding {
  readonly version: Credential['version'];
  /** Which of the different communities and users, from 1: the text itself is told nowhere. */
  readonly community: number;
  readonly state: 'printer' | 'notPrinter' | 'showsNothing' | 'refused' | 'malformed' | 'silent' | 'unreachable';
  /** The error status of a refusal, the system's code of what could not be sent. */
  readonly detail: string | null;
}

export interface Diagnosis extends AddressedDevice {
  readonly cause: Cause;
  /** Answers SNMP and no echo: a scan that pings first would not find it. */
  readonly echoFiltered: boolean;
  readonly ping: PingFinding;
  readonly attempts: readonly AttemptFinding[];
  /** Null where nothing was left to find out by it. */
  readonly udpPort: PortState | null;
  readonly driver: DriverDefinition | null;
  readonly cost: Readonly<Load>;
}

export interface DiagnoseDeps {
  readonly snmp: SnmpEngine;
  readonly echo: EchoSweep;
  /** The same that the engine waits for. */
  readonly gate: SendGate;
  readonly probe: PortProbe;
}

export interface DiagnoseTarget extends AddressedDevice {
  readonly credentials: readonly Credential[];
  readonly patience: Patience;
}

export async function diagnose(deps: DiagnoseDeps, target: DiagnoseTarget, signal?: AbortSignal): Promise<Diagnosis> {
  const { address, port, credentials } = target;
  const cost: Load = { packets: 0, bytes: 0 };
  const ping = await pingOnce(deps, target, cost, signal);
  const logins = [...new Set(credentials.map(loginOf))];
  const attempts: AttemptFinding[] = [];
  let driver: DriverDefinition | null = null;
  for (const [index, credential] of credentials.entries()) {
    if (signal?.aborted) break;
    const attempt = { index, credential, patience: target.patience };
    const who = await identifyDevice(deps.snmp, { address, port }, [attempt], signal);
    cost.packets += who.gathered.cost.packets;
    cost.bytes += who.gathered.cost.bytes;
    if (who.kind === 'printer') driver ??= who.driver;
    const community = logins.indexOf(loginOf(credential)) + 1;
    attempts.push({ version: credential.version, community, ...findingOf(who) });
  }
  const answered = answeredCause(attempts);
  const echoFiltered = ping.state === 'silent' && answered !== undefined && answered !== 'unreachable';
  const told = { address, port, echoFiltered, ping, attempts, driver, cost };
  if (signal?.aborted) return { ...told, cause: 'aborted', udpPort: null };
  if (answered) return { ...told, cause: answered, udpPort: null };
  const udpPort = await probePort(deps, target, cost, signal);
  return { ...told, cause: silentCause(ping, udpPort), udpPort };
}

const loginOf = (credential: Credential): string =>
  credential.version === 'v3' ? `user ${credential.user}` : `community ${credential.community.reveal()}`;

async function pingOnce(
  { echo, gate }: DiagnoseDeps,
  { address, patience }: DiagnoseTarget,
  cost: Load,
  signal: AbortSignal | undefined,
): Promise<PingFinding> {
  const { method } = echo;
  if (method === 'none') return { method, state: 'unknown', roundTrip: null };
  const bytes = echoBytes(address, echo.dataBytes);
  for (let attempt = 0; attempt <= patience.retries; attempt += 1) {
    try {
      await gate.beforeSend(address, bytes, signal, 'echo');
    } catch (error) {
      if (signal?.aborted) break;
      throw error;
    }
    const options = { rate: 0, timeout: patience.timeout, retries: 0, ...(signal ? { signal } : {}) };
    for await (const { alive, roundTrip } of echo.sweep([address], options)) {
      if (alive === null) return { method, state: 'unknown', roundTrip };
      const packets = alive ? 2 : 1;
      cost.packets += packets;
      cost.bytes += packets * bytes;
      if (alive) gate.received?.(address, bytes, 'echo');
      if (alive) return { method, state: 'answers', roundTrip };
    }
  }
  return { method, state: signal?.aborted ? 'unknown' : 'silent', roundTrip: null };
}

function findingOf(who: WhoIsThere): Pick<AttemptFinding, 'state' | 'detail'> {
  switch (who.kind) {
    case 'printer':
      return { state: 'printer', detail: null };
    case 'notPrinter':
      return { state: who.gathered.varbinds.some(isTold) ? 'notPrinter' : 'showsNothing', detail: null };
    default:
      return failureOf(who.failure);
  }
}

function failureOf(failure: SnmpFailure): Pick<AttemptFinding, 'state' | 'detail'> {
  switch (codeOf(failure)) {
    case 'partRefused':
      return { state: 'refused', detail: failure.kind === 'refused' ? failure.status : failure.kind };
    case 'answerMalformed':
    case 'answerTruncated':
      return { state: 'malformed', detail: null };
    default:
      if (failure.kind === 'unreachable') return { state: 'unreachable', detail: failure.detail };
      return { state: 'silent', detail: null };
  }
}

/** The attempt that tells most. Undefined where none was answered. */
function answeredCause(attempts: readonly AttemptFinding[]): Cause | undefined {
  const telling = ['printer', 'notPrinter', 'showsNothing', 'refused', 'malformed'] as const;
  const found = telling.find((state) => attempts.some((attempt) => attempt.state === state));
  if (found) return found;
  return attempts.length > 0 && attempts.every(({ state }) => state === 'unreachable') ? 'unreachable' : undefined;
}

/** The same request once more, from a socket that is told of ICMP errors. */
async function probePort(
  { gate, probe }: DiagnoseDeps,
  { address, port, credentials, patience }: DiagnoseTarget,
  cost: Load,
  signal: AbortSignal | undefined,
): Promise<PortState> {
  const [credential] = credentials;
  if (!credential) return 'silent';
  const request = encodeFirstRequest(credential, IDENTIFYING);
  const bytes = (address.includes(':') ? 48 : 28) + request.length;
  try {
    await gate.beforeSend(address, bytes, signal);
  } catch (error) {
    if (signal?.aborted) return 'silent';
    throw error;
  }
  cost.packets += 1;
  cost.bytes += bytes;
  return probe({ address, port }, request, patience.timeout, signal);
}

function silentCause(ping: PingFinding, udpPort: PortState): Cause {
  switch (udpPort) {
    case 'closed':
      return 'portClosed';
    case 'prohibited':
      return 'prohibited';
    case 'answers':
      return 'lossy';
    default:
      return ping.state === 'answers' ? 'snmpSilent' : ping.state === 'silent' ? 'silent' : 'silentUnpinged';
  }
}
