/** Who may change something: whoever knows the box's password, which is set once with the code from the box itself. */
import { type Fault, fault } from '@rsb/contract';
import { type Clock, failure, type Outcome, type Random, success } from '@rsb/runtime';
import type { Facts } from '../store/facts.ts';
import { hashPassword, SHORTEST_PASSWORD, verifyPassword } from './password.ts';
import { drawSetupCode, hashSetupCode, isSetupCode } from './setup-code.ts';
import { createTryLimit } from './try-limit.ts';

export interface People {
  /** Whether the first start is done. */
  passwordSet(): boolean;
  /** A new set-up code, in place of any older one; null once a password is set. */
  renewSetupCode(): string | null;
  /** `from` is the address of who asks. */
  setUp(request: { readonly code: string; readonly password: string }, from: string): Promise<Outcome<null, Fault>>;
  signIn(password: string, from: string): Promise<Outcome<null, Fault>>;
  changePassword(
    request: { readonly current: string; readonly next: string },
    from: string,
  ): Promise<Outcome<null, Fault>>;
}

export function createPeople(deps: { readonly facts: Facts; readonly clock: Clock; readonly random: Random }): People {
  const { facts, clock, random } = deps;
  const limit = createTryLimit(clock);

  /** Counts the try first and gives it back when it was right: many at once cannot slip through. */
  const tried = async (from: string, isRight: () => Promise<boolean>, wrong: Fault): Promise<Outcome<null, Fault>> => {
    const taken = limit.take(from);
    if (typeof taken === 'number') return failure(fault('tooManyRequests', { seconds: taken }));
    if (!(await isRight())) return failure(wrong);
    taken.giveBack();
    return success(null);
  };

  const isPassword = async (password: string): Promise<boolean> => {
    const stored = facts.find('passwordHash');
    return stored !== null && (await verifyPassword(password, stored));
  };

  const tooShort = (password: string, field: string): Fault | null =>
    password.length < SHORTEST_PASSWORD ? fault('passwordTooShort', { least: SHORTEST_PASSWORD }, field) : null;

  const passwordSet = () => facts.find('passwordHash') !== null;

  return {
    passwordSet,
    renewSetupCode() {
      if (passwordSet()) return null;
      const code = drawSetupCode(random);
      facts.save('setupCodeHash', hashSetupCode(code));
      return code;
    },
    async setUp({ code, password }, from) {
      if (passwordSet()) return failure(fault('setupDone'));
      const isRight = async () => {
        const hash = facts.find('setupCodeHash');
        return hash !== null && isSetupCode(code, hash);
      };
      const checked = await tried(from, isRight, fault('setupCodeWrong', {}, '/code'));
      if (!checked.ok) return checked;
      const short = tooShort(password, '/password');
      if (short) return failure(short);
      const hash = await hashPassword(password, random);
      // Two people may have sent the code at the same moment: the first one's password stays.
      if (passwordSet()) return failure(fault('setupDone'));
      facts.save('passwordHash', hash);
      facts.save('setupCodeHash', null);
      return success(null);
    },
    async signIn(password, from) {
      if (!passwordSet()) return failure(fault('setupCodeNeeded'));
      return tried(from, () => isPassword(password), fault('passwordWrong', {}, '/password'));
    },
    async changePassword({ current, next }, from) {
      const checked = await tried(from, () => isPassword(current), fault('passwordWrong', {}, '/current'));
      if (!checked.ok) return checked;
      const short = tooShort(next, '/next');
      if (short) return failure(short);
      facts.save('passwordHash', await hashPassword(next, random));
      return success(null);
    },
  };
}
