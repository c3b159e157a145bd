/** Who calls the API, and what each may do: decided here, enforced by the guard of the routes. */
import { type AccountRole, API_SCOPES, type ApiScope, type ApiSubject } from '@rsb/contract';
import { unreachable } from '@rsb/runtime';
import type { CustomerId } from '../store/identifiers.ts';
import type { TokenRow } from '../store/people.ts';
import type { Account } from './accounts.ts';

export interface Caller {
  readonly kind: 'account' | 'token';
  readonly id: number;
  readonly name: string;
  /** Sees this customer alone; null: all of the dealer's. */
  readonly customer: CustomerId | null;
  readonly scopes: ReadonlySet<ApiScope>;
}

export const scopeFor = (deed: 'read' | 'write', subject: ApiSubject): ApiScope => `${deed}:${subject}`;

export const callerOfAccount = ({ id, name, role, customer }: Account): Caller => ({
  kind: 'account',
  id,
  name,
  customer,
  scopes: scopesOfRole(role),
});

export const callerOfToken = ({ id, name, customer_id, scopes }: TokenRow): Caller => ({
  kind: 'token',
  id,
  name,
  customer: customer_id as CustomerId | null,
  // What a later version does not know any more is worth nothing.
  scopes: new Set(API_SCOPES.filter((scope) => scopes.split(' ').includes(scope))),
});

export function scopesOfRole(role: AccountRole): ReadonlySet<ApiScope> {
  switch (role) {
    case 'admin':
      return new Set(API_SCOPES);
    case 'technician':
      return new Set(API_SCOPES.filter((scope) => !scope.endsWith(':people')));
    case 'reader':
      return new Set(API_SCOPES.filter((scope) => scope.startsWith('read:') && scope !== 'read:people'));
    default:
      return unreachable(role);
  }
}
