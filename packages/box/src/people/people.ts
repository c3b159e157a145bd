/** Who may do what: named accounts, the first of them made with the code from the box itself, which also resets it. */
import {
  type BoxRole,
  type Fault,
  FIRST_PERSON,
  fault,
  type PersonInput,
  type PersonPatch,
  type PersonView,
} from '@rsb/contract';
import { type Clock, failure, isoInstant, type Outcome, type Random, success } from '@rsb/runtime';
import type { Database } from '../store/database.ts';
import type { Facts } from '../store/facts.ts';
import { type AccountRow, createAccounts } from './accounts.ts';
import { hashPassword, SHORTEST_PASSWORD, verifyPassword } from './password.ts';
import { drawSetupCode, hashSetupCode, isSetupCode } from './setup-code.ts';
import { createTryLimit } from './try-limit.ts';

export interface Person {
  readonly name: string;
  readonly role: BoxRole;
}

export interface People {
  /** Whether the first start is done. */
  passwordSet(): boolean;
  /** A new set-up code, in place of any older one; null once a password is set, unless it is to be reset. */
  renewSetupCode(options?: { readonly reset: boolean }): string | null;
  /** `from` is the address of who asks. With a code that resets, the first account gets the new password. */
  setUp(request: { readonly code: string; readonly password: string }, from: string): Promise<Outcome<Person, Fault>>;
  signIn(
    request: { readonly name?: string | undefined; readonly password: string },
    from: string,
  ): Promise<Outcome<Person, Fault>>;
  changePassword(
    name: string,
    request: { readonly current: string; readonly next: string },
    from: string,
  ): Promise<Outcome<null, Fault>>;
  /** Null where there is none, or it is disabled or past its end. */
  find(name: string): Person | null;
  list(): readonly PersonView[];
  add(input: PersonInput): Promise<Outcome<null, Fault>>;
  change(name: string, patch: PersonPatch): Promise<Outcome<PersonView, Fault>>;
}

export interface PeopleDeps {
  readonly db: Database;
  readonly facts: Facts;
  readonly clock: Clock;
  readonly random: Random;
  /** Of the site: a technician's last day ends there. */
  readonly zone: () => string;
}

/** Verified against for a name that nobody has: the answer takes as long as for one that somebody has. */
const NOBODY = `argon2id$19456$2$1$${'A'.repeat(22)}==$${'A'.repeat(43)}=`;

export function createPeople({ db, facts, clock, random, zone }: PeopleDeps): People {
  const limit = createTryLimit(clock);
  const accounts = createAccounts(db);

  const before = facts.find('passwordHash');
  if (before !== null) {
    db.transaction(() => {
      if (!accounts.find(FIRST_PERSON))
        accounts.add({ name: FIRST_PERSON, role: 'admin', hash: before, until: null }, clock.now());
      facts.save('passwordHash', null);
    });
  }

  /** Counts the try first and gives it back when it was right: many at once cannot slip through. */
  const tried = async (from: string, isRight: () => Promise<boolean>, wrong: Fault): Promise<Outcome<null, Fault>> => {
    const taken = limit.take(from);
    if (typeof taken === 'number') return failure(fault('tooManyRequests', { seconds: taken }));
    if (!(await isRight())) return failure(wrong);
    taken.giveBack();
    return success(null);
  };

  const tooShort = (password: string, field: string): Fault | null =>
    password.length < SHORTEST_PASSWORD ? fault('passwordTooShort', { least: SHORTEST_PASSWORD }, field) : null;

  const passwordSet = () => accounts.count() > 0;
  const today = () =>
    Temporal.Instant.fromEpochMilliseconds(Math.floor(clock.now())).toZonedDateTimeISO(zone()).toPlainDate().toString();
  const hasEnded = ({ until }: AccountRow) => until !== null && until < today();
  const isActive = (row: AccountRow) => !row.disabled && !hasEnded(row);
  const view = (row: AccountRow): PersonView => ({
    name: row.name,
    role: row.role,
    until: row.until,
    disabled: row.disabled,
    ended: hasEnded(row),
    createdAt: isoInstant(row.createdAt),
    lastSignIn: row.lastSignIn === null ? null : isoInstant(row.lastSignIn),
  });
  const isRight = async (row: AccountRow | null, password: string): Promise<boolean> =>
    (await verifyPassword(password, row?.hash ?? NOBODY)) && row !== null && isActive(row);

  return {
    passwordSet,
    renewSetupCode(options = { reset: false }) {
      if (passwordSet() && !options.reset) return null;
      const code = drawSetupCode(random);
      facts.save('setupCodeHash', hashSetupCode(code));
      return code;
    },
    async setUp({ code, password }, from) {
      const offered = () => facts.find('setupCodeHash');
      if (passwordSet() && offered() === null) return failure(fault('setupDone'));
      const wrong = fault('setupCodeWrong', {}, '/code');
      const isOffered = async () => {
        const known = offered();
        return known !== null && isSetupCode(code, known);
      };
      const checked = await tried(from, isOffered, wrong);
      if (!checked.ok) return checked;
      const short = tooShort(password, '/password');
      if (short) return failure(short);
      const hash = await hashPassword(password, random);
      // Two people may have sent the code at the same moment: the first one's password stays.
      if (!(await isOffered())) return failure(fault('setupDone'));
      return db.transaction(() => {
        const known = accounts.find(FIRST_PERSON) ?? accounts.all().find(({ role }) => role === 'admin');
        const name = known?.name ?? FIRST_PERSON;
        if (known) accounts.save({ ...known, hash, role: 'admin', disabled: false, until: null });
        else accounts.add({ name, role: 'admin', hash, until: null }, clock.now());
        facts.save('setupCodeHash', null);
        return success({ name, role: 'admin' });
      });
    },
    async signIn({ name = FIRST_PERSON, password }, from) {
      if (!passwordSet()) return failure(fault('setupCodeNeeded'));
      const row = accounts.find(name.trim());
      const checked = await tried(from, () => isRight(row, password), fault('passwordWrong', {}, '/password'));
      if (!checked.ok) return checked;
      if (!row) return failure(fault('passwordWrong', {}, '/password'));
      accounts.save({ ...row, lastSignIn: clock.now() });
      return success({ name: row.name, role: row.role });
    },
    async changePassword(name, { current, next }, from) {
      const row = accounts.find(name);
      const checked = await tried(from, () => isRight(row, current), fault('passwordWrong', {}, '/current'));
      if (!checked.ok) return checked;
      const short = tooShort(next, '/next');
      if (short) return failure(short);
      const hash = await hashPassword(next, random);
      const now = accounts.find(name);
      if (now) accounts.save({ ...now, hash });
      return success(null);
    },
    find(name) {
      const row = accounts.find(name);
      return row && isActive(row) ? { name: row.name, role: row.role } : null;
    },
    list: () => accounts.all().map(view),
    async add({ name, role, password, until = null }) {
      const short = tooShort(password, '/password');
      if (short) return failure(short);
      if (until !== null && until < today()) return failure(fault('dayPast', {}, '/until'));
      const hash = await hashPassword(password, random);
      if (accounts.find(name)) return failure(fault('personTaken', { name }, '/name'));
      accounts.add({ name, role, hash, until }, clock.now());
      return success(null);
    },
    async change(name, patch) {
      const short = patch.password === undefined ? null : tooShort(patch.password, '/password');
      if (short) return failure(short);
      const hash = patch.password === undefined ? undefined : await hashPassword(patch.password, random);
      const row = accounts.find(name);
      if (!row) return failure(fault('personUnknown', { name }));
      const after: AccountRow = {
        ...row,
        role: patch.role ?? row.role,
        disabled: patch.disabled ?? row.disabled,
        until: patch.until === undefined ? row.until : patch.until,
        hash: hash ?? row.hash,
      };
      // Somebody must be able to let others in.
      const isLastingAdmin = (each: AccountRow) => each.role === 'admin' && !each.disabled && each.until === null;
      const others = accounts.all().filter((each) => each.name !== name);
      if (isLastingAdmin(row) && !isLastingAdmin(after) && !others.some(isLastingAdmin)) {
        return failure(fault('lastAdministrator'));
      }
      accounts.save(after);
      return success(view(after));
    },
  };
}
