/**
 * Why an address is read, or is not: everything is tried once, and the cause is told as exactly as SNMP lets it be known. A
 * wrong community is never answered (RFC 1157 §4.1) and looks like a filter on the way, unless the device answers SNMPv3's
 * discovery, which needs no credential (RFC 3414 §4).
 */
import type { AttemptView, Cause, DiagnosisView } from '@rsb/contract';
import { identifyingWithout } from '@rsb/drivers';
import type { EchoSweep } from '@rsb/icmp';
import { Secret } from '@rsb/runtime';
import type { Credential, Patience, SendGate, SnmpEngine, UsmCredential } from '@rsb/snmp';
import { encodeFirstRequest } from '@rsb/snmp/message';
import { type AddressedDevice, identifyDevice } from '../read/identify-device.ts';
import { echoBytes } from './alive.ts';
import { answeredCause, type Finding, findingOf } from './attempt-finding.ts';
import type { Load } from './discovery.ts';
import type { PortProbe, PortState } from './port-probe.ts';

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

type PingFinding = DiagnosisView['ping'];

export async function diagnose(
  deps: DiagnoseDeps,
  target: DiagnoseTarget,
  signal?: AbortSignal,
): Promise<DiagnosisView> {
  const { address, port, credentials } = target;
  const wire: Load = { packets: 0, bytes: 0 };
  const ping = await pingOnce(deps, target, wire, signal);
  const logins = [...new Set(credentials.map(loginOf))];
  const attempts: AttemptView[] = [];
  let driver: DiagnosisView['driver'] = null;
  for (const credential of credentials) {
    if (signal?.aborted) break;
    const tried = await tryOut(deps, target, credential, wire, signal);
    driver ??= tried.driver;
    const user = credential.version === 'v3' ? credential.user : null;
    const community = logins.indexOf(loginOf(credential)) + 1;
    attempts.push({ version: credential.version, community, user, ...tried.finding });
  }
  const answered = answeredCause(attempts);
  const echoFiltered = ping.state === 'silent' && answered !== undefined && answered !== 'unreachable';
  const told = { address, port, echoFiltered, ping, attempts, driver, wire };
  if (signal?.aborted) return { ...told, cause: 'aborted', udpPort: null };
  if (answered) return { ...told, cause: answered, udpPort: null };
  const { cause, udpPort } = await probePort(deps, target, ping, wire, signal);
  return { ...told, cause, udpPort, echoFiltered: ping.state === 'silent' && SPEAKS.has(cause) };
}

/** Causes that came out only at the port: the device is there, whatever the ping said. */
const SPEAKS: ReadonlySet<Cause> = new Set(['wrongCommunity', 'noV3']);

const loginOf = (credential: Credential): string =>
  credential.version === 'v3' ? `user ${credential.user}` : `community ${credential.community.reveal()}`;

interface Tried {
  readonly finding: Finding;
  readonly driver: DiagnosisView['driver'];
}

async function tryOut(
  deps: DiagnoseDeps,
  target: DiagnoseTarget,
  credential: Credential,
  wire: Load,
  signal: AbortSignal | undefined,
): Promise<Tried> {
  const tried = await tryOnce(deps, target, credential, wire, signal);
  if (credential.version !== 'v3' || tried.finding.state !== 'silent' || signal?.aborted) return tried;
  const more = await explainSilence(deps, target, credential, wire, signal);
  return more ? { ...tried, finding: { state: more, detail: null } } : tried;
}

/**
 * Some agents drop in silence what does not decrypt, or is meant for a context that they do not have. The same user without
 * encryption, then without the context, shows which it was. Nothing is told where both stay silent.
 */
async function explainSilence(
  deps: DiagnoseDeps,
  target: DiagnoseTarget,
  credential: UsmCredential,
  wire: Load,
  signal: AbortSignal | undefined,
): Promise<'wrongPrivacy' | 'unknownContext' | undefined> {
  const answers = async (other: UsmCredential) => {
    const { finding } = await tryOnce(deps, target, other, wire, signal);
    return !['silent', 'unreachable', 'malformed', 'wrongDigest', 'unknownUser'].includes(finding.state);
  };
  if (credential.privacy && (await answers({ ...credential, privacy: null }))) return 'wrongPrivacy';
  if (credential.context !== '' && !signal?.aborted) {
    const plain = { ...credential, context: '' };
    if (await answers(plain)) return 'unknownContext';
    if (plain.privacy && (await answers({ ...plain, privacy: null }))) return 'wrongPrivacy';
  }
  return undefined;
}

async function tryOnce(
  { snmp }: DiagnoseDeps,
  { address, port, patience, notRead = [] }: DiagnoseTarget,
  credential: Credential,
  wire: Load,
  signal: AbortSignal | undefined,
): Promise<Tried> {
  const who = await identifyDevice(snmp, { address, port, notRead }, [{ index: 0, credential, patience }], signal);
  wire.packets += who.gathered.cost.packets;
  wire.bytes += who.gathered.cost.bytes;
  const driver = who.kind === 'printer' ? { name: who.driver.name, generic: who.driver.generic ?? false } : null;
  return { finding: findingOf(who), driver };
}

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

/** What the port says when no credential was answered, from a socket that is told of ICMP errors. */
async function probePort(
  deps: DiagnoseDeps,
  target: DiagnoseTarget,
  ping: PingFinding,
  wire: Load,
  signal: AbortSignal | undefined,
): Promise<{ readonly cause: Cause; readonly udpPort: PortState }> {
  const [first] = target.credentials;
  const probe = (credential: Credential) => probeOnce(deps, target, credential, wire, signal);
  const udpPort = first ? await probe(first) : 'silent';
  if (udpPort === 'closed') return { cause: 'portClosed', udpPort };
  if (udpPort === 'prohibited') return { cause: 'prohibited', udpPort };
  if (udpPort === 'answers') return { cause: 'lossy', udpPort };
  const byUser = target.credentials.some(({ version }) => version === 'v3');
  const byCommunity = target.credentials.some(({ version }) => version !== 'v3');
  if (byCommunity && !byUser && (await probe(NOBODY)) === 'answers')
    return { cause: 'wrongCommunity', udpPort: 'answers' };
  if (byUser && !byCommunity && (await probe(EVERYBODY)) === 'answers') return { cause: 'noV3', udpPort: 'answers' };
  const silence = { answers: 'snmpSilent', silent: 'silent', unknown: 'silentUnpinged' } as const;
  return { cause: silence[ping.state], udpPort };
}

/** Enough for discovery, which every device with SNMPv3 answers. */
const NOBODY: UsmCredential = { version: 'v3', user: '', context: '', auth: null, privacy: null };
const EVERYBODY: Credential = { version: 'v2c', community: new Secret('public') };

async function probeOnce(
  { gate, probe }: DiagnoseDeps,
  { address, port, patience, notRead = [] }: DiagnoseTarget,
  credential: Credential,
  wire: Load,
  signal: AbortSignal | undefined,
): Promise<PortState> {
  const request = encodeFirstRequest(credential, identifyingWithout(notRead));
  const bytes = (address.includes(':') ? 48 : 28) + request.length;
  try {
    await gate.beforeSend(address, bytes, signal);
  } catch (error) {
    if (signal?.aborted) return 'silent';
    throw error;
  }
  wire.packets += 1;
  wire.bytes += bytes;
  return probe({ address, port }, request, patience.timeout, signal);
}
