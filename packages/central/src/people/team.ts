/** The dealer's people by invitation: a one-time code makes an account, or gives an existing one a new password. */
import type {
  AccountChange,
  AccountRole,
  InvitationMade,
  InvitationSeen,
  PasskeyCreation,
  PasskeyMade,
} from '@rsb/contract';
import { type Fault, fault } from '@rsb/contract';
import { type Clock, failure, instant, isoInstant, minutes, type Outcome, type Random, success } from '@rsb/runtime';
import { drawCode, hashCode } from '../one-time-code.ts';
import type { CentralDatabase } from '../store/database.ts';
import { type CustomerId, drawId, findCustomerId } from '../store/identifiers.ts';
import { NO_PASSWORD } from '../store/passkey-rows.ts';
import type { AccountRow, InvitationRow } from '../store/people.ts';
import { type Account, accountOf, nameKey } from './accounts.ts';
import { attempts } from './attempts.ts';
import type { Passkeys, RelyingParty } from './passkeys.ts';
import { hashPassword, LEAST_PASSWORD_LENGTH } from './password.ts';

const DAY = 24 * 60 * 60 * 1000;
const MOST_FAILURES = 10;

export interface Newcomer {
  readonly name: string;
  readonly role: AccountRole;
  readonly customer: string | null;
  readonly days: number;
}

export interface Team {
  invite(newcomer: Newcomer, by: string): Promise<Outcome<InvitationMade, Fault>>;
  /** A code with which this account chooses a new password; the old one is good until then. */
  reset(account: number, days: number, by: string): Promise<Outcome<InvitationMade, Fault>>;
  look(code: string, caller: string): Promise<Outcome<Omit<InvitationSeen, 'origin'>, Fault>>;
  accept(code: string, password: string, caller: string): Promise<Outcome<Account, Fault>>;
  /** What the browser is asked to make for whoever has the code. */
  beginPasskey(code: string, party: RelyingParty, caller: string): Promise<Outcome<PasskeyCreation, Fault>>;
  /** A passkey instead of a password; of a known account it takes the password's place. */
  acceptByPasskey(
    code: string,
    made: PasskeyMade,
    party: RelyingParty,
    caller: string,
  ): Promise<Outcome<Account, Fault>>;
  change(account: number, change: AccountChange): Promise<Outcome<null, Fault>>;
  /** Ends all other sessions of the account. */
  setPassword(account: number, password: string, session: string): Promise<Outcome<null, Fault>>;
}

export interface TeamNeeds {
  readonly database: CentralDatabase;
  readonly clock: Clock;
  readonly random: Random;
  readonly passkeys: Passkeys;
}

export function createTeam({ database, clock, random, passkeys }: TeamNeeds): Team {
  const { people, house } = database;
  const guesses = attempts(clock, MOST_FAILURES, minutes(1));
  const draw = async (
    to: { name: string; role: AccountRole; customer: number | null; account: number | null },
    days: number,
    by: string,
  ): Promise<InvitationMade> => {
    const code = drawCode(random);
    const row = {
      id: drawId(random),
      code_hash: hashCode(code),
      name: to.name,
      role: to.role,
      customer_id: to.customer,
      account_id: to.account,
      created_by: by,
      created_at: clock.now(),
      expires_at: clock.now() + days * DAY,
      used_at: null,
    };
    await people.addInvitation(row);
    return { id: String(row.id), code, path: `/join#${code}`, expiresAt: isoInstant(instant(row.expires_at)) };
  };
  const find = async (code: string, caller: string) => {
    const wait = guesses.wait(caller);
    if (wait > 0) return failure(fault('tooManyRequests', { seconds: wait }));
    const row = await people.findInvitation(hashCode(code), clock.now());
    if (row) return success(row);
    guesses.failed(caller);
    return failure(fault('invitationUnknown', {}, '/code'));
  };
  /** Of an account that is still to be made, the invitation's number is its own: a passkey is bound to it before. */
  const accountRow = ({ id, account_id, name, role, customer_id }: InvitationRow, hash: string): AccountRow => ({
    id: account_id ?? id,
    name,
    name_key: nameKey(name),
    password_hash: hash,
    created_at: clock.now(),
    role,
    customer_id,
    disabled_at: null,
    last_seen: null,
  });
  const customerFor = async (
    role: AccountRole,
    customer: string | null,
  ): Promise<Outcome<CustomerId | null, Fault>> => {
    if (role !== 'reader')
      return customer === null ? success(null) : failure(fault('customerUnwanted', {}, '/customer'));
    const id = customer === null ? undefined : findCustomerId(customer);
    if (id === undefined || !(await database.forCustomer(id).find()))
      return failure(fault('customerNeeded', {}, '/customer'));
    return success(id);
  };

  return {
    async invite({ name, role, customer, days }, by) {
      if (nameKey(name) === '') return failure(fault('fieldInvalid', { path: '/name', detail: 'blank' }, '/name'));
      if (await house.findAccountByName(nameKey(name)))
        return failure(fault('accountNameTaken', { name: name.trim() }, '/name'));
      const of = await customerFor(role, customer);
      if (!of.ok) return of;
      return success(await draw({ name: name.trim(), role, customer: of.value, account: null }, days, by));
    },
    async reset(id, days, by) {
      const account = await house.findAccount(id);
      if (!account) return failure(fault('notFound'));
      const { name, role, customer_id } = account;
      return success(await draw({ name, role, customer: customer_id, account: id }, days, by));
    },
    async look(code, caller) {
      const found = await find(code, caller);
      if (!found.ok) return found;
      const dealer = await house.findDealer();
      return success({
        name: found.value.name,
        isReset: found.value.account_id !== null,
        dealer: dealer?.name ?? '',
      });
    },
    async accept(code, password, caller) {
      const found = await find(code, caller);
      if (!found.ok) return found;
      if (password.length < LEAST_PASSWORD_LENGTH)
        return failure(fault('passwordTooShort', { least: LEAST_PASSWORD_LENGTH }, '/password'));
      const { id, name, account_id } = found.value;
      const hash = await hashPassword(password, random);
      if (!(await people.useInvitation(id, clock.now()))) return failure(fault('invitationUnknown', {}, '/code'));
      if (account_id !== null) {
        await people.savePassword(account_id, hash);
        await people.removeSessions(account_id);
        const account = await house.findAccount(account_id);
        if (!account || account.disabled_at !== null) return failure(fault('invitationUnknown', {}, '/code'));
        return success(accountOf(account));
      }
      const row = accountRow(found.value, hash);
      const made = await people.addAccount(row);
      return made ? success(accountOf(row)) : failure(fault('accountNameTaken', { name }));
    },
    async beginPasskey(code, party, caller) {
      const found = await find(code, caller);
      return found.ok ? passkeys.begin(accountOf(accountRow(found.value, NO_PASSWORD)), party) : found;
    },
    async acceptByPasskey(code, made, party, caller) {
      const found = await find(code, caller);
      if (!found.ok) return found;
      const row = accountRow(found.value, NO_PASSWORD);
      const passkey = await passkeys.check(row.id, made, party);
      if (!passkey.ok) return passkey;
      const isNew = found.value.account_id === null;
      if (isNew && (await house.findAccountByName(row.name_key)))
        return failure(fault('accountNameTaken', { name: row.name }));
      if (!(await people.joinByPasskey(found.value.id, clock.now(), isNew ? row : null, passkey.value)))
        return failure(fault('invitationUnknown', {}, '/code'));
      const account = await house.findAccount(row.id);
      if (!account || account.disabled_at !== null) return failure(fault('invitationUnknown', {}, '/code'));
      return success(accountOf(account));
    },
    async change(id, { role: wanted, customer, disabled }) {
      const account = await house.findAccount(id);
      if (!account) return failure(fault('notFound'));
      const role = wanted ?? account.role;
      const kept = role === 'reader' && account.customer_id !== null ? String(account.customer_id) : null;
      const of = await customerFor(role, customer === undefined ? kept : customer);
      if (!of.ok) return of;
      const disabled_at = disabled === undefined ? account.disabled_at : disabled ? clock.now() : null;
      if (!(await people.changeAccount(id, { role, customer_id: of.value, disabled_at })))
        return failure(fault('lastAdmin'));
      // Whoever may do less now begins anew.
      if (disabled_at !== null || role !== account.role) await people.removeSessions(id);
      return success(null);
    },
    async setPassword(id, password, session) {
      if (password.length < LEAST_PASSWORD_LENGTH)
        return failure(fault('passwordTooShort', { least: LEAST_PASSWORD_LENGTH }, '/password'));
      await people.savePassword(id, await hashPassword(password, random));
      await people.removeSessions(id, session);
      return success(null);
    },
  };
}
