/** The dealer's people: the first account by the set-up code, signing in by name and password. */
import { type AccountRole, type Fault, fault } from '@rsb/contract';
import { type Clock, failure, minutes, type Outcome, type Random, success } from '@rsb/runtime';
import { drawCode, hashCode, sameHash } from '../one-time-code.ts';
import type { House } from '../store/house.ts';
import { type CustomerId, drawId } from '../store/identifiers.ts';
import { NO_PASSWORD } from '../store/passkey-rows.ts';
import type { AccountRow } from '../store/people.ts';
import { attempts } from './attempts.ts';
import { hashPassword, LEAST_PASSWORD_LENGTH, passwordFits } from './password.ts';

const MOST_FAILURES = 5;

export interface Account {
  readonly id: number;
  readonly name: string;
  readonly role: AccountRole;
  /** The one customer that a reader sees. */
  readonly customer: CustomerId | null;
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
  /** Whoever may use central still: a disabled account is found no more. */
  find(id: number): Promise<Account | undefined>;
  /** Whether this is the password of somebody who is signed in; guesses are counted with those of signing in. */
  confirm(id: number, password: string, caller: string): Promise<Outcome<null, Fault>>;
  /** False where passkeys alone open it. */
  hasPassword(id: number): Promise<boolean>;
}

export interface AccountsNeeds {
  readonly house: House;
  readonly clock: Clock;
  readonly random: Random;
}

/** How a name is looked up: two spellings of one name are one account. */
export const nameKey = (name: string): string => name.normalize('NFKC').trim().toLowerCase();

export const accountOf = ({ id, name, role, customer_id }: AccountRow): Account => ({
  id,
  name,
  role,
  customer: customer_id as CustomerId | null,
});

export async function openAccounts({ house, clock, random }: AccountsNeeds): Promise<Accounts> {
  const guesses = attempts(clock, MOST_FAILURES, minutes(1));
  // Compared where no such account exists, so that the time taken does not tell which names there are.
  const nobody = await hashPassword(Buffer.from(random.bytes(24)).toString('hex'), random);
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
      if (dealer.trim() === '') return failure(fault('fieldInvalid', { path: '/dealer', detail: 'blank' }, '/dealer'));
      if (nameKey(user) === '') return failure(fault('fieldInvalid', { path: '/user', detail: 'blank' }, '/user'));
      if (password.length < LEAST_PASSWORD_LENGTH) {
        return failure(fault('passwordTooShort', { least: LEAST_PASSWORD_LENGTH }, '/password'));
      }
      const account = { id: drawId(random), name: user.trim(), role: 'admin' as const };
      const made = await house.found(
        { name: dealer.trim(), hotline: null, created_at: clock.now() },
        {
          ...account,
          name_key: nameKey(user),
          password_hash: await hashPassword(password, random),
          created_at: clock.now(),
          customer_id: null,
          disabled_at: null,
          last_seen: null,
        },
      );
      return made ? success({ ...account, customer: null }) : failure(fault('setupDone'));
    },
    async signIn(name, password, caller) {
      const slow = tooMany(caller);
      if (slow) return slow;
      // Counted before the slow comparison, so that many at once do not slip through together.
      guesses.failed(caller);
      const account = await house.findAccountByName(nameKey(name));
      const fits = await passwordFits(password, account?.password_hash || nobody);
      if (!account || account.disabled_at !== null || !fits) return failure(fault('passwordWrong'));
      guesses.succeeded(caller);
      return success(accountOf(account));
    },
    async find(id) {
      const account = await house.findAccount(id);
      return account && account.disabled_at === null ? accountOf(account) : undefined;
    },
    async hasPassword(id) {
      const account = await house.findAccount(id);
      return account !== undefined && account.password_hash !== NO_PASSWORD;
    },
    async confirm(id, password, caller) {
      const slow = tooMany(caller);
      if (slow) return slow;
      guesses.failed(caller);
      const account = await house.findAccount(id);
      if (!account || !(await passwordFits(password, account.password_hash)))
        return failure(fault('passwordWrong', {}, '/current'));
      guesses.succeeded(caller);
      return success(null);
    },
  };
}
