/** Dealer, first account, a customer and a code for its box, by the services that the pages use: for the demo. */
import { type Fault, fault } from '@rsb/contract';
import { failure, type Outcome, success } from '@rsb/runtime';
import type { RunningCentral } from './start.ts';

export interface Preparation {
  readonly dealer: string;
  readonly user: string;
  readonly password: string;
  readonly customer: string;
}

const CODE_DAYS = 7;

export async function prepare(
  { work, setupCode }: RunningCentral,
  { dealer, user, password, customer }: Preparation,
): Promise<Outcome<{ readonly code: string }, Fault>> {
  if (setupCode === null) return failure(fault('setupDone'));
  const account = await work.accounts.setUp({ code: setupCode, dealer, user, password }, 'local');
  if (!account.ok) return account;
  const id = await work.addCustomer(customer);
  const { code } = await work.enrolment.issue(work.database.forCustomer(id), CODE_DAYS);
  return success({ code });
}
