/** What is known of the SNMP engine at an address (RFC 3414 §2.2, §2.3): its id, its clock, and users' keys on it. */
import type { Millis } from '@rsb/runtime';
import { sameCredential } from '../credential.ts';
import type { UsmCredential } from '../engine.ts';
import { localizedKey, localizedPrivacyKey } from './key.ts';
import type { Envelope, Protection } from './message.ts';

/** RFC 3414 §2.2.3: how far a message's time may be behind. */
const WINDOW_SECONDS = 150;
/** RFC 3414 §2.2.2: an engine whose boots have come here stays untimely until somebody gives it a new id. */
const LAST_BOOTS = 0x7fff_ffff;
const LARGEST_TIME = 0x7fff_ffff;
/** RFC 3411 §5 says 5 to 32; shorter ones are seen, and do no harm. */
const LONGEST_ENGINE_ID = 32;
/** RFC 3412 §6: every engine takes messages of this size. */
const SMALLEST_LIMIT = 484;
/** Users whose keys are kept for one engine. */
const MOST_USERS = 4;

export interface EngineClock {
  readonly boots: number;
  readonly time: number;
}

interface ClockReading extends EngineClock {
  readonly at: Millis;
}

interface KnownUser {
  readonly credential: UsmCredential;
  readonly protection: Protection;
  /** Whether the engine has answered to it. */
  proved: boolean;
}

export class Peer {
  readonly engineId: Uint8Array;
  /** Octets that the engine can take. */
  largestMessage: number;
  /** What goes into requests: the latest that was told, signed or not. */
  #told: ClockReading;
  /** What answers are held against, once there is one: only signed ones move it. */
  #signed: ClockReading | null = null;
  readonly #users: KnownUser[] = [];

  /**
   * `signedBefore`: to an earlier run. Where discovery, which nobody signs, tells an older clock, requests carry that one:
   * a device that forgot its boots says so in a signed report, and whoever only repeats what was recorded cannot.
   */
  constructor(
    { engineId, boots, time, largestMessage }: Envelope,
    now: Millis,
    signedBefore: EngineClock | null = null,
  ) {
    this.engineId = new Uint8Array(engineId);
    this.largestMessage = Math.max(SMALLEST_LIMIT, largestMessage);
    this.#told = { boots, time, at: now };
    if (signedBefore === null) return;
    this.#signed = { ...signedBefore, at: now };
    if (isOlder(this.#told, this.#signed)) this.#told = this.#signed;
  }

  /** Null before the engine has signed anything. */
  get signedClock(): EngineClock | null {
    return this.#signed && { boots: this.#signed.boots, time: this.#signed.time };
  }

  learnLimit(largestMessage: number): void {
    this.largestMessage = Math.max(SMALLEST_LIMIT, largestMessage);
  }

  /** The engine's time goes on by itself; what it lost or gained against ours is mended by each answer. */
  clockAt(now: Millis): EngineClock {
    const { boots, time, at } = this.#told;
    return { boots, time: Math.min(LARGEST_TIME, time + secondsBetween(at, now)) };
  }

  /** From a message that nobody signed: good for a try, not for a judgement. */
  hear({ boots, time }: EngineClock, now: Millis): void {
    this.#told = { boots, time, at: now };
  }

  /** From the engine's signed word that our idea of its clock is wrong, in reply to a message of ours. */
  resynchronize({ boots, time }: EngineClock, now: Millis): void {
    this.#told = { boots, time, at: now };
    this.#signed = this.#told;
  }

  /**
   * Whether a signed message is timely (RFC 3414 §3.2, 7 b), and what it says of the clock. Before the first one its
   * discovery is the measure: an engine that took our request cannot be further away from it.
   */
  admits({ boots, time }: EngineClock, now: Millis): boolean {
    if (boots === LAST_BOOTS) return false;
    const known = this.#signed ?? this.#told;
    if (boots < known.boots) return false;
    if (boots === known.boots && time + WINDOW_SECONDS < known.time + secondsBetween(known.at, now)) return false;
    if (this.#signed === null || boots > known.boots || time > known.time) this.resynchronize({ boots, time }, now);
    return true;
  }

  /** Keys are localized once for each user and engine. */
  protectionOf(credential: UsmCredential): Protection {
    return this.#userOf(credential).protection;
  }

  hasProved(credential: UsmCredential): boolean {
    return this.#userOf(credential).proved;
  }

  prove(credential: UsmCredential): void {
    this.#userOf(credential).proved = true;
  }

  #userOf(credential: UsmCredential): KnownUser {
    const known = this.#users.find(
      (user) => user.credential === credential || sameCredential(user.credential, credential),
    );
    if (known !== undefined) return known;
    const made = { credential, protection: protectionOn(this.engineId, credential), proved: false };
    if (this.#users.push(made) > MOST_USERS) this.#users.shift();
    return made;
  }
}

const isOlder = (one: EngineClock, other: EngineClock): boolean =>
  one.boots < other.boots || (one.boots === other.boots && one.time < other.time);

export const isEngineId = (octets: Uint8Array): boolean => octets.length > 0 && octets.length <= LONGEST_ENGINE_ID;

const secondsBetween = (from: Millis, to: Millis): number => Math.floor((to - from) / 1000);

export function protectionOn(engineId: Uint8Array, { auth, privacy }: UsmCredential): Protection {
  if (auth === null) return { auth: null, privacy: null };
  const key = Buffer.from(auth.key.reveal(), 'hex');
  return {
    auth: { protocol: auth.protocol, key: localizedKey(auth.protocol, key, engineId) },
    privacy: privacy && {
      protocol: privacy.protocol,
      key: localizedPrivacyKey(privacy.protocol, auth.protocol, Buffer.from(privacy.key.reveal(), 'hex'), engineId),
    },
  };
}
