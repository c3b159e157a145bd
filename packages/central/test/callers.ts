/** People and programs of a test's central: invited, with their password; tokens with scopes. */
import assert from 'node:assert/strict';
import { API_SCOPES, type InvitationMade, type TokenMade } from '@rsb/contract';
import { PASSWORD, type Person, personWith, signedIn, type TestCentral } from './running-central.ts';

export type RoleName = 'admin' | 'technician' | 'reader';

export async function newPerson(
  { central, person }: TestCentral,
  name: string,
  role: RoleName,
  customer: string | null = null,
): Promise<Person> {
  const made = await person.call('POST', '/api/v1/invitations', { name, role, customer, days: 7 });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const { code } = made.body as InvitationMade;
  const stranger = personWith(central.url, {});
  const accepted = await stranger.call('POST', '/api/v1/invitations/accept', { code, password: PASSWORD });
  assert.equal(accepted.status, 200, JSON.stringify(accepted.body));
  return signedIn(central.url, '/api/v1/session', { user: name, password: PASSWORD });
}

export async function newToken(
  { central, person }: TestCentral,
  customer: string | null,
  scopes: readonly string[] = API_SCOPES.filter((scope) => customer === null || !scope.endsWith(':people')),
  headers: Readonly<Record<string, string>> = {},
): Promise<Person & { readonly id: string; readonly token: string }> {
  const made = await person.call('POST', '/api/v1/tokens', { name: 'ERP', customer, scopes, days: 30 });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const { token, id } = made.body as TokenMade;
  return { ...personWith(central.url, { authorization: `Bearer ${token}`, ...headers }), id, token };
}
