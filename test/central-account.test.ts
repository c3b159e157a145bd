/** One's own account at central in a real browser: a passkey of its virtual authenticator, and the last way to sign in. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type House, isSound, type OpenedPage, openHouse, PASSWORD, skip, TECHNICIAN } from './central-house.ts';

let house: House;
before(async () => {
  if (!skip) house = await openHouse();
});
after(() => house?.close());

interface Authenticator {
  /** Whether somebody is there and says yes at once: also to what the browser offers at the name field. */
  attended(yes: boolean): Promise<void>;
}

/** An authenticator as a laptop or telephone has it. */
async function withAuthenticator({ page }: OpenedPage): Promise<Authenticator> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    attended: async (enabled) => {
      await session.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled });
    },
  };
}

test('a passkey is added, signs in, takes the password’s place, and as the last one stays', { skip }, async () => {
  const opened = await house.as(TECHNICIAN, '/settings');
  const { page, faults } = opened;
  const authenticator = await withAuthenticator(opened);
  await page.getByText('No passkey yet.').waitFor();
  await page.getByLabel('Name of the passkey').fill('Laptop');
  const typed = page.getByLabel('Password now');
  await typed.nth(1).fill('not the password');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByRole('alert').first().waitFor();
  assert.deepEqual(
    faults.splice(0).map((text) => text.replace(/:.*status of /, ' ')),
    ['error 401 (Unauthorized)'],
  );
  await typed.nth(1).fill(PASSWORD);
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByRole('row').filter({ hasText: 'Laptop' }).waitFor();
  await isSound(page, 'account with a passkey');

  await typed.nth(0).fill(PASSWORD);
  await page.getByRole('button', { name: 'Remove the password' }).click();
  await page.getByText('No password: passkeys alone sign you in.').waitFor();
  await page.getByRole('button', { name: 'Remove passkey Laptop' }).click();
  await page.getByText('This is the last way to sign in. Another one is needed first.').waitFor();
  assert.deepEqual(
    faults.splice(0).map((text) => text.replace(/:.*status of /, ' ')),
    ['error 409 (Conflict)'],
  );

  await authenticator.attended(false);
  const signOut = async () => {
    await page.getByRole('button', { name: TECHNICIAN }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
  };
  await signOut();
  const button = page.getByRole('button', { name: 'Sign in with a passkey' });
  await button.waitFor();
  await isSound(page, 'signing in');
  await authenticator.attended(true);
  await button.click();
  await page.getByRole('heading', { name: 'Today' }).waitFor();

  // Among what the browser fills into the name field, without a button.
  await authenticator.attended(false);
  await signOut();
  await button.waitFor();
  assert.equal(await page.getByLabel('Name').getAttribute('autocomplete'), 'username webauthn');
  await authenticator.attended(true);
  await page.reload();
  await page.getByRole('heading', { name: 'Today' }).waitFor();
  assert.deepEqual(faults, []);
});

test('an invitation ends with a passkey, without a password', { skip }, async () => {
  const invited = { name: 'Nora New', role: 'technician', customer: null, days: 7 };
  const { path } = (await house.person.call('POST', '/api/v1/invitations', invited)).body as { path: string };
  const opened = await house.open();
  const { page, faults } = opened;
  await withAuthenticator(opened);
  await page.goto(house.url + path);
  await page.getByRole('heading', { name: 'Welcome, Nora New' }).waitFor();
  await isSound(page, 'invitation');
  await page.getByRole('button', { name: 'Use a passkey instead' }).click();
  await page.getByRole('heading', { name: 'Today' }).waitFor();
  await page.goto(`${house.url}/settings`);
  await page.getByText('No password: passkeys alone sign you in.').waitFor();
  await page.getByRole('row').filter({ hasText: 'First passkey' }).waitFor();
  assert.deepEqual(faults, []);
});

test('where no passkey is given the page says so, and at another name why there can be none', { skip }, async () => {
  const { page } = await house.open();
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  await page.goto(`${house.url}/signin`);
  const button = page.getByRole('button', { name: 'Sign in with a passkey' });
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: false,
    },
  });
  await button.click();
  await page.getByText('No passkey was given.').waitFor();
  await page.goto(`${house.url.replace('localhost', 'central.test')}/signin`);
  await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  assert.equal(await button.count(), 0, 'no secure context, no passkeys');
});
