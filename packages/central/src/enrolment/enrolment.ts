/** A code becomes an agent number: one code, one customer, one box, once. */
import { CONTRACT_VERSION, type EnrolmentAnswer, type EnrolmentRequest, type Fault, fault } from '@rsb/contract';
import { type Clock, failure, type Instant, instant, minutes, type Outcome, type Random, success } from '@rsb/runtime';
import { drawCode, hashCode } from '../one-time-code.ts';
import { attempts } from '../people/attempts.ts';
import { keepSilence } from '../places/keep-silence.ts';
import type { CentralDatabase, CustomerStore } from '../store/database.ts';
import { drawAgent } from '../store/identifiers.ts';
import { findPublicKey } from './public-key.ts';

/** A technician mistypes now and then; a search through codes is another thing. */
const MOST_FAILURES = 10;
const DAY = 24 * 60 * 60 * 1000;
/** Of 900 million numbers one is free after a draw or two. */
const MOST_DRAWS = 50;

export interface Enrolment {
  /**
   * A new code for one box of this customer. It is told here once, then only its hash is known. With `replaces` the box gets
   * the number and place of that one, whose key is worth nothing from then on; else it stands at `site`.
   */
  issue(
    store: CustomerStore,
    days: number,
    at?: { readonly replaces?: string; readonly site?: number },
  ): Promise<{ readonly code: string; readonly expiresAt: Instant }>;
  enrol(request: EnrolmentRequest, caller: string): Promise<Outcome<EnrolmentAnswer, Fault>>;
}

export interface EnrolmentNeeds {
  readonly database: CentralDatabase;
  readonly clock: Clock;
  readonly random: Random;
  /** Central's public key, SPKI in PEM. */
  readonly centralKey: string;
}

export function createEnrolment({ database, clock, random, centralKey }: EnrolmentNeeds): Enrolment {
  const guesses = attempts(clock, MOST_FAILURES, minutes(1));

  async function agentFor(
    store: CustomerStore,
    codeHash: string,
    publicKey: string,
    version: string,
  ): Promise<Outcome<string, Fault>> {
    const code = await store.boxes.findCode(codeHash);
    if (!code) return failure(fault('codeUnknown', {}, '/code'));
    if (code.agent !== null) {
      const box = await store.boxes.find(code.agent);
      // The same key with the same code is the same box, whose answer was lost on the way.
      return box?.public_key === publicKey ? success(code.agent) : failure(fault('codeUsed', {}, '/code'));
    }
    if (code.expires_at <= clock.now()) return failure(fault('codeExpired', {}, '/code'));
    if (code.replaces !== null) {
      const { replaces } = code;
      if (!(await store.boxes.replace(replaces, { public_key: publicKey, version }, clock.now())))
        return failure(fault('codeUnknown', {}, '/code'));
      if (!(await store.boxes.useCode(codeHash, replaces, clock.now())))
        throw new Error('a code was used twice at once');
      return success(replaces);
    }
    for (let draw = 0; draw < MOST_DRAWS; draw += 1) {
      const agent = drawAgent(random);
      const box = { agent, public_key: publicKey, enrolled_at: clock.now(), version };
      if (!(await store.boxes.add(box))) continue;
      // A site that was removed meanwhile: the box stands where every box of the customer begins.
      if (code.site_id !== null && (await store.places.findSite(code.site_id)))
        await store.places.placeBox(agent, code.site_id);
      await keepSilence(store);
      if (!(await store.boxes.useCode(codeHash, agent, clock.now()))) throw new Error('a code was used twice at once');
      return success(agent);
    }
    throw new Error(`no free agent number in ${MOST_DRAWS} draws`);
  }

  return {
    async issue(store, days, { replaces, site } = {}) {
      const code = drawCode(random);
      const expiresAt = instant(clock.now() + days * DAY);
      await store.exclusively((inside) =>
        inside.boxes.addCode({
          code_hash: hashCode(code),
          created_at: clock.now(),
          expires_at: expiresAt,
          replaces: replaces ?? null,
          site_id: site ?? null,
        }),
      );
      return { code, expiresAt };
    },
    async enrol({ code, publicKey: pem, version }, caller) {
      const wait = guesses.wait(caller);
      if (wait > 0) return failure(fault('tooManyRequests', { seconds: wait }));
      const publicKey = findPublicKey(pem);
      if (!publicKey) return failure(fault('keyInvalid', {}, '/publicKey'));
      const codeHash = hashCode(code);
      const customer = await database.acrossCustomers.findCodeOwner(codeHash);
      if (customer === undefined) {
        guesses.failed(caller);
        return failure(fault('codeUnknown', {}, '/code'));
      }
      const store = database.forCustomer(customer);
      const agent = await store.exclusively((inside) => agentFor(inside, codeHash, publicKey, version));
      if (!agent.ok) {
        guesses.failed(caller);
        return agent;
      }
      const dealer = await database.house.findDealer();
      return success({
        contract: CONTRACT_VERSION,
        box: agent.value,
        centralKey,
        dealer: { name: dealer?.name ?? '', hotline: dealer?.hotline ?? null },
        customer: { name: (await store.find())?.name ?? '' },
      });
    },
  };
}
