/** Signing in without a password: passkeys (WebAuthn) that the browser finds by itself and that ask who holds them. */
import {
  type Fault,
  fault,
  type PasskeyAnswer,
  type PasskeyCreation,
  type PasskeyMade,
  type PasskeyQuestion,
  type PasskeyView,
} from '@rsb/contract';
import {
  type Clock,
  failure,
  instant,
  isoInstant,
  type Log,
  minutes,
  type Outcome,
  type Random,
  success,
} from '@rsb/runtime';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type { CentralKey } from '../key-file.ts';
import type { CentralDatabase } from '../store/database.ts';
import type { PasskeyRow } from '../store/passkey-rows.ts';
import { type Account, accountOf } from './accounts.ts';
import { attempts } from './attempts.ts';
import { CHALLENGE_LIFE, createChallenges } from './challenges.ts';

/** Where the browser has to be for a passkey to be asked, and what it is bound to. */
export interface RelyingParty {
  readonly id: string;
  readonly origin: string;
}

export interface Passkeys {
  list(account: number): Promise<PasskeyView[]>;
  /** What the browser is asked to make. */
  begin(account: Account, party: RelyingParty): Promise<Outcome<PasskeyCreation, Fault>>;
  add(account: number, made: PasskeyMade, party: RelyingParty): Promise<Outcome<PasskeyView, Fault>>;
  /** What was made for this account, as it is to be kept; its challenge is used up. */
  check(account: number, made: PasskeyMade, party: RelyingParty): Promise<Outcome<PasskeyRow, Fault>>;
  remove(account: number, id: string): Promise<Outcome<null, Fault>>;
  /** From now on the passkeys alone. */
  removePassword(account: number): Promise<Outcome<null, Fault>>;
  ask(party: RelyingParty): Promise<PasskeyQuestion>;
  signIn(answer: PasskeyAnswer, party: RelyingParty, caller: string): Promise<Outcome<Account, Fault>>;
}

export interface PasskeysNeeds {
  readonly database: CentralDatabase;
  readonly key: CentralKey;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

const MOST_PASSKEYS = 20;
const MOST_FAILURES = 10;
const SIGN_IN = 'sign in';
const makeFor = (account: number): string => `make for ${account}`;
/** COSE: ES256, EdDSA, RS256 (IANA). What a library offers by itself changes with its version. */
const ALGORITHMS = [-7, -8, -257];
/** Tells an authenticator which of its passkeys are one person's; no name in it. */
const handleOf = (account: number): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(`rsb-${account}`));

const viewOf = ({ id, name, created_at, last_used }: PasskeyRow): PasskeyView => ({
  id,
  name,
  createdAt: isoInstant(instant(created_at)),
  lastUsed: last_used === null ? null : isoInstant(instant(last_used)),
});

export function createPasskeys({ database, key, clock, random, log }: PasskeysNeeds): Passkeys {
  const { people, house } = database;
  const challenges = createChallenges(key, clock, random);
  const guesses = attempts(clock, MOST_FAILURES, minutes(1));
  /** The challenge that was answered, used up by this; the library has compared it with nothing else yet. */
  const use = async (clientData: string, purpose: string): Promise<string | undefined> => {
    const challenge = challengeOf(clientData);
    const ours = challenge === undefined ? undefined : challenges.check(challenge, purpose);
    if (!ours || !(await people.useChallenge(ours.hash, ours.expiresAt, clock.now()))) return undefined;
    return challenge;
  };
  return {
    list: async (account) => (await people.listPasskeys(account)).map(viewOf),
    async begin(account, party) {
      const known = await people.listPasskeys(account.id);
      if (known.length >= MOST_PASSKEYS) return failure(fault('passkeysFull', { most: MOST_PASSKEYS }));
      const dealer = await house.findDealer();
      const options = await generateRegistrationOptions({
        rpName: dealer?.name ?? party.id,
        rpID: party.id,
        userID: handleOf(account.id),
        userName: account.name,
        userDisplayName: account.name,
        challenge: challenges.draw(makeFor(account.id)),
        timeout: CHALLENGE_LIFE,
        attestationType: 'none',
        excludeCredentials: known.map(({ id }) => ({ id })),
        authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
        supportedAlgorithmIDs: ALGORITHMS,
      });
      return success({ ...options, rp: { ...options.rp, id: party.id } } as PasskeyCreation);
    },
    async check(account, { name, credential }, party) {
      if (name.trim() === '') return failure(fault('fieldInvalid', { path: '/name', detail: 'blank' }, '/name'));
      if ((await people.listPasskeys(account)).length >= MOST_PASSKEYS)
        return failure(fault('passkeysFull', { most: MOST_PASSKEYS }));
      const challenge = await use(credential.response.clientDataJSON, makeFor(account));
      if (challenge === undefined) return failure(fault('passkeyInvalid'));
      const told = await verifyRegistrationResponse({
        response: { ...credential, clientExtensionResults: {} } as Parameters<
          typeof verifyRegistrationResponse
        >[0]['response'],
        expectedChallenge: challenge,
        expectedOrigin: party.origin,
        expectedRPID: party.id,
        requireUserVerification: true,
        supportedAlgorithmIDs: ALGORITHMS,
      }).catch(() => null);
      if (!told?.verified) return failure(fault('passkeyInvalid'));
      const made = told.registrationInfo.credential;
      if (made.id !== credential.id) return failure(fault('passkeyInvalid'));
      return success({
        id: made.id,
        account_id: account,
        name: name.trim(),
        public_key: made.publicKey,
        counter: made.counter,
        transports: (credential.response.transports ?? []).join(' '),
        created_at: clock.now(),
        last_used: null,
      });
    },
    async add(account, made, party) {
      const checked = await this.check(account, made, party);
      if (!checked.ok) return checked;
      const row = checked.value;
      if (!(await people.addPasskey(row))) return failure(fault('passkeyInvalid'));
      log.info('passkeyMade', { account: String(account) });
      return success(viewOf(row));
    },
    async remove(account, id) {
      const done = await people.removePasskey(account, id);
      if (done === 'unknown') return failure(fault('notFound'));
      if (done === 'last') return failure(fault('lastWayIn'));
      log.info('passkeyRemoved', { account: String(account) });
      return success(null);
    },
    async removePassword(account) {
      if (!(await people.removePassword(account))) return failure(fault('lastWayIn'));
      log.info('passwordRemoved', { account: String(account) });
      return success(null);
    },
    ask: async (party) =>
      (await generateAuthenticationOptions({
        rpID: party.id,
        challenge: challenges.draw(SIGN_IN),
        timeout: CHALLENGE_LIFE,
        userVerification: 'required',
      })) as PasskeyQuestion,
    async signIn({ credential }, party, caller) {
      const wait = guesses.wait(caller);
      if (wait > 0) return failure(fault('tooManyRequests', { seconds: wait }));
      // Counted before it is judged, so that many at once do not slip through together.
      guesses.failed(caller);
      const refused = failure(fault('passkeyRefused'));
      const row = await people.findPasskey(credential.id);
      const challenge = await use(credential.response.clientDataJSON, SIGN_IN);
      if (!row || challenge === undefined) return refused;
      const handle = Buffer.from(credential.response.userHandle ?? '', 'base64url');
      if (!handle.equals(handleOf(row.account_id))) return refused;
      const judged = await verifyAuthenticationResponse({
        response: { ...credential, clientExtensionResults: {} } as Parameters<
          typeof verifyAuthenticationResponse
        >[0]['response'],
        expectedChallenge: challenge,
        expectedOrigin: party.origin,
        expectedRPID: party.id,
        credential: { id: row.id, publicKey: new Uint8Array(row.public_key), counter: row.counter },
        requireUserVerification: true,
      }).catch((error: unknown) => {
        // A counter that did not rise is how a copied key shows itself (WebAuthn, 6.1.1).
        log.warn('passkeyNotVerified', { account: String(row.account_id), detail: String(error) });
        return null;
      });
      if (!judged?.verified) return refused;
      const account = await house.findAccount(row.account_id);
      if (!account || account.disabled_at !== null) return refused;
      await people.savePasskeyUse(row.id, judged.authenticationInfo.newCounter, clock.now());
      guesses.succeeded(caller);
      return success(accountOf(account));
    },
  };
}

/** What the browser says that it answered. */
function challengeOf(clientData: string): string | undefined {
  try {
    const told: unknown = JSON.parse(Buffer.from(clientData, 'base64url').toString('utf8'));
    const challenge = typeof told === 'object' && told !== null && 'challenge' in told ? told.challenge : undefined;
    return typeof challenge === 'string' ? challenge : undefined;
  } catch {
    return undefined;
  }
}
