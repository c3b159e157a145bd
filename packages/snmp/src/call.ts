/** What every call of the engine starts from: the device, the login in bytes, the account of what it costs. */
import { millis } from '@rsb/runtime';
import { CommunityExchange } from './community-exchange.ts';
import type { Device } from './device.ts';
import type { Allowance, AskOptions, Cost, Credential, Patience, Target } from './engine.ts';
import type { Question, Reply } from './exchange.ts';
import type { Login, Logins } from './logins.ts';
import type { Names } from './names.ts';
import { askAsUser } from './usm/ask.ts';
import { usmFrameSize } from './usm/login.ts';
import type { Salts } from './usm/privacy.ts';
import type { VarbindTable } from './varbinds.ts';
import type { Wire } from './wire.ts';

export interface EngineLimits {
  /** UDP payload of a request, and what an answer is planned for: below Ethernet's 1,500 with room for a tunnel. */
  readonly messageBytes: number;
  readonly objectsPerGet: number;
}

export interface EngineParts {
  readonly wire: Wire;
  readonly names: Names;
  readonly logins: Logins;
  /** Of the answer that is being taken. */
  readonly varbinds: VarbindTable;
  readonly salts: Salts;
  readonly limits: EngineLimits;
}

export interface Call {
  readonly device: Device;
  readonly target: Target;
  readonly version: Credential['version'];
  readonly login: Login;
  readonly options: AskOptions;
  readonly cost: Cost;
}

export const freshCost = (): Cost => ({ requests: 0, packets: 0, bytes: 0 });

/** Undefined where the target's address or port is none. */
export function openCall(parts: EngineParts, target: Target, options: AskOptions): Call | undefined {
  if (!Number.isInteger(target.port) || target.port < 1 || target.port > 65_535) return undefined;
  const device = parts.wire.devices.device(target.address, target.port);
  if (device === undefined) return undefined;
  const { credential } = target;
  const login = parts.logins.of(credential);
  return { device, target, version: credential.version, login, options, cost: freshCost() };
}

export interface CallQuestion
  extends Pick<Question, 'pdu' | 'names' | 'nonRepeaters' | 'maxRepetitions' | 'judge' | 'patience'> {
  readonly longest?: Question['longest'];
}

type Told = (reply: Reply) => void;

/** The call's own share of a question. */
export const questionIn = (call: Call, question: CallQuestion): Question => ({
  device: call.device,
  pdu: question.pdu,
  names: question.names,
  nonRepeaters: question.nonRepeaters,
  maxRepetitions: question.maxRepetitions,
  judge: question.judge,
  cost: call.cost,
  patience: question.patience,
  longest: question.longest,
  signal: call.options.signal,
});

export function askIn(parts: EngineParts, call: Call, question: CallQuestion): Promise<Reply> {
  return new Promise((resolve) => tellIn(parts, call, questionIn(call, question), resolve));
}

/** The same for who asks thousands: without a promise. */
export function tellIn(parts: EngineParts, call: Call, question: Question, told: Told): void {
  const { allowance } = call.options;
  if (allowance === undefined) ask(parts, call, question, told);
  else askWithin(allowance, parts, call, question, told);
}

function askWithin(allowance: Allowance, parts: EngineParts, call: Call, question: Question, told: Told): void {
  if (allowance.requests <= 0 || allowance.waiting <= 0) {
    told(EXHAUSTED);
    return;
  }
  const before = call.cost.requests;
  ask(parts, call, question, (reply) => {
    allowance.requests -= call.cost.requests - before;
    allowance.waiting -= reply.waited;
    told(reply);
  });
}

const EXHAUSTED: Reply = { failure: { kind: 'exhausted' }, roundTrip: null, waited: millis(0) };

function ask({ wire, salts }: EngineParts, { login }: Call, question: Question, told: Told): void {
  if (login.version === 'v3') void askAsUser(wire, salts, login, question).then(told);
  else wire.ask(new CommunityExchange(wire, login, question, told));
}

/** Bytes of a request around its names, and of an answer around its varbinds, with room for long request ids. */
export const messageFrameSize = ({ login }: Call): number =>
  login.version === 'v3' ? usmFrameSize(login) : login.community.length + 40;

/** Bytes of a message: as planned, or what the device's SNMPv3 engine says that it can take (RFC 3412 §6.1). */
export const messageBytesTo = ({ limits }: EngineParts, { login, device }: Call): number =>
  login.version === 'v3' && device.peer !== null
    ? Math.min(limits.messageBytes, device.peer.largestMessage)
    : limits.messageBytes;

/** For a device that may not be there at all. */
export const oneTry = ({ device, options }: Call): Patience => ({
  timeout: options.patience?.timeout ?? device.firstWait(),
  retries: 0,
});
