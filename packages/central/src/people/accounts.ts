/** The dealer's people: the first account by the set-up code, signing in by name and password. */
import { type Fault, fault } from '@rsb/contract';
import { type Clock, failure, minutes, type Outcome, type Random, success } from '@rsb/runtime';
import { drawCode, hashCode, sameHash } from '../one-time-code.ts';
import type { House } from '../store/house.ts';
import { drawId } from '../store/identifiers.ts';
import { attempts } from './attempts.ts';
import { hashPassword, LEAST_PASSWORD_LENGTH, passwordFits } from './password.ts';

const MOST_FAILURES = 5;

export interface Account {
  readonly id: number;
  readonly name: string;
}

export interface FirstAccount {
  readonly code: string;
  readonly dealer: string;
  readonly user: string;
  readonly password: string;
}

export interface Accounts {
  /** The set-up code, drawn anew at each start until there is an account; null afterwards. */
  openSetup(): Promise<string | null>;
  setUp(request: FirstAccount, caller: string): Promise<Outcome<Account, Fault>>;
  signIn(name: string, password: string, caller: string): Promise<Outcome<Account, Fault>>;
  find(id: number): Promise<Account | undefined>;
}

export interface AccountsNeeds {
  readonly house: House;
  readonly clock: Clock;
  readonly random: Random;
}

export async function openAccounts({ house, clock, random }: AccountsNeeds): Promise<Accounts> {
  const guesses = attempts(clock, MOST_FAILURES, minutes(1));
  // Compared where no such account exists, so that the time taken does not tell which names there are.
  const nobody = await hashPassword(Buffer.from(random.bytes(24)).toString('hex'), random);
  const nameKey = (name: string) => name.normalize('NFKC').trim().toLowerCase();
  const tooMany = (caller: string) => {
    const wait = guesses.wait(caller);
    return wait > 0 ? failure(fault('tooManyRequests', { seconds: wait })) : undefined;
  };
  return {
    async openSetup() {
      if (await house.findDealer()) return null;
      const code = drawCode(random);
      await house.saveSetupCodeHash(hashCode(code));
      return code;
    },
    async setUp({ code, dealer, user, password }, caller) {
      if (await house.findDealer()) return failure(fault('setupDone'));
      const slow = tooMany(caller);
      if (slow) return slow;
      const expected = await house.findSetupCodeHash();
      if (expected === undefined || !sameHash(expected, hashCode(code))) {
        guesses.failed(caller);
        return failure(fault('setupCodeWrong', {}, '/code'));
      }
      if (dealer.trim() === '') return failure(fault('fieldInvalid', { path: '/dealer', detail: '' }, '/dealer'));
      if (nameKey(user) === '') return failure(fault('fieldInvalid', { path: '/user', detail: '' }, '/user'));
      if (password.length < LEAST_PASSWORD_LENGTH) {
        return failure(fault('passwordTooShort', { least: LEAST_PASSWORD_LENGTH }, '/password'));
      }
      const account = { id: drawId(random), name: user.trim() };
      const made = await house.found(
        { name: dealer.trim(), hotline: null, created_at: clock.now() },
        {
          ...account,
          name_key: nameKey(user),
          password_hash: await hashPassword(password, random),
          created_at: clock.now(),
        },
      );
      return made ? success(account) : failure(fault('setupDone'));
    },
    async signIn(name, password, caller) {
      const slow = tooMany(caller);
      if (slow) return slow;
      // Counted before the slow comparison, so that many at once do not slip through together.
      guesses.failed(caller);
      const account = await house.findAccountByName(nameKey(name));
      const fits = await passwordFits(password, account?.password_hash ?? nobody);
      if (!account || !fits) return failure(fault('passwordWrong'));
      guesses.succeeded(caller);
      return success({ id: account.id, name: account.name });
    },
    async find(id) {
      const account = await house.findAccount(id);
      return account && { id: account.id, name: account.name };
    },
  };
}
