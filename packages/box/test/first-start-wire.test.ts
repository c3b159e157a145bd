/** A whole first start over HTTPS, to the first report at central: what an ear on every wire of it hears. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type {
  BoxProposalList,
  BoxView,
  CodeView,
  CustomerView,
  DiagnosisView,
  SentList,
  SessionView,
  SettingsInput,
  SettingsView,
  TokenMade,
} from '@rsb/contract';
import { seedSite, startSite } from '@rsb/simulator';
import { usmKey } from '@rsb/snmp';
import { asInput, PASSWORD, rangeSetting, startTestBox, waitFor } from './box-at-work.ts';
import { issueFor, makeAuthority } from './line-certificates.ts';
import { runCentral } from './real-central.ts';
import { browser, portOf, tapped } from './tls-browser.ts';

const SECRETS = {
  password: PASSWORD,
  'the community of one machine': 'a-community-of-theirs',
  'a passphrase of SNMPv3': 'a-passphrase-of-theirs',
  'a community that central prepared': 'prepared-at-central',
  'the proxy’s password': 'proxy-password',
  'the password of the dealer': 'a-password-of-the-dealer',
};
const USER = {
  id: 'user',
  version: 'v3',
  user: 'reader',
  auth: { protocol: 'sha256', passphrase: SECRETS['a passphrase of SNMPv3'] },
  privacy: { protocol: 'aes128', passphrase: SECRETS['a passphrase of SNMPv3'] },
} as const;

test('a whole first start over HTTPS leaves no secret on any wire, and over HTTP it does', async (t) => {
  // The site: one machine with a community of its own, one with a user; the third speaks to everybody.
  const [first, second, third] = seedSite({ gear: false });
  assert.ok(first && second && third);
  const key = usmKey('sha256', USER.auth.passphrase);
  const engineId = Uint8Array.of(0x80, 0, 0x1f, 0x88, 4, 1, 2, 3);
  const fleet = { name: USER.user, auth: { protocol: 'sha256', key }, privacy: { protocol: 'aes128', key } } as const;
  const site = await startSite({
    port: 0,
    machines: [
      { ...first, community: SECRETS['the community of one machine'] },
      {
        ...second,
        versions: [],
        usm: {
          engineId,
          boots: 3,
          users: [{ version: 'v3', user: USER.user, context: '', auth: fleet.auth, privacy: fleet.privacy }],
        },
      },
      third,
    ],
  });
  t.after(() => site.close());
  const dealer = makeAuthority('Dealer authority');
  const { central, folder } = await runCentral(t, { tls: issueFor(['127.0.0.1'], dealer) });
  const box = await startTestBox(t);
  const wires = {
    'the page': await tapped(t, portOf(box.url)),
    'the line to central': await tapped(t, portOf(central.url)),
    'the page of central': await tapped(t, portOf(central.url)),
  };
  const url = `https://127.0.0.1:${wires['the line to central'].port}`;
  const page = browser(wires['the page'].port);
  const dashboard = browser(wires['the page of central'].port);
  const ask = async <T>(at: typeof page, ...call: Parameters<typeof page.call>): Promise<T> => {
    const answer = await at.call<T>(...call);
    assert.ok(answer.status < 300, `${call[0]} ${call[1]}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };

  // At central: a customer, what its box will need, a code, and a program's key.
  const setupCode = central.setupCode ?? '';
  await ask(dashboard, 'POST', '/setup', {
    code: setupCode,
    dealer: 'Dealer',
    user: 'admin',
    password: SECRETS['the password of the dealer'],
  });
  const { id: customer } = await ask<CustomerView>(dashboard, 'POST', '/customers', { name: 'Customer SA' });
  await ask(dashboard, 'PUT', `/customers/${customer}/sites/1/prepared`, {
    credentials: [{ id: 'theirs', version: 'v2c', community: SECRETS['a community that central prepared'] }],
  });
  const { code } = await ask<CodeView>(dashboard, 'POST', `/customers/${customer}/codes`, { days: 7 });
  const { token } = await ask<TokenMade>(dashboard, 'POST', '/tokens', {
    name: 'ERP',
    customer,
    scopes: ['read:devices'],
    days: 30,
  });
  const program = browser(wires['the page of central'].port);
  await ask(program, 'GET', `/customers/${customer}/devices`, undefined, { authorization: `Bearer ${token}` });

  // At the box: code and password, line, enrolment, what is prepared, networks, one address, scan, what left.
  const boxCode = box.setupCode ?? '';
  await ask(page, 'POST', '/setup', { code: boxCode, password: PASSWORD });
  const save = async (change: (input: SettingsInput) => SettingsInput) => {
    const view = await ask<SettingsView>(page, 'GET', '/settings');
    const input = change(asInput(view as unknown as SettingsInput));
    await ask(page, 'PUT', '/settings', input, { 'if-match': `"${view.revision}"` });
  };
  const proxy = { url: 'http://proxy.test:3128', user: 'u', exceptions: ['127.0.0.1'] };
  await save((input) => ({
    ...input,
    central: { ...input.central, ca: dealer.pem, proxy },
    proxyPassword: SECRETS['the proxy’s password'],
  }));
  const line = await ask<string>(page, 'POST', '/line-check', { url });
  assert.match(line, /"step":"central","state":"ok"/, line);
  const enrolled = await ask<BoxView>(page, 'POST', '/enrolment', { url, code });
  assert.equal(enrolled.customer, 'Customer SA');
  const offered = await waitFor(async () => {
    const { proposals } = await ask<BoxProposalList>(page, 'GET', '/proposals');
    return proposals.find(({ state }) => state === 'waiting');
  });
  await ask(page, 'POST', `/proposals/${offered.id}/answer`, { accept: true });
  const range = [first, second, third].map(({ address }) => address).join(', ');
  await save((input) => ({
    ...input,
    snmpPort: site.port,
    packetsPerSecond: 0,
    devicePause: 0,
    credentials: [
      ...input.credentials,
      { id: 'own', version: 'v2c', community: SECRETS['the community of one machine'] },
      USER,
    ],
    // Each asked by what it answers first: silence is not what is looked at here.
    ranges: [
      rangeSetting(first.address, { credentials: ['own', 'theirs'] }),
      rangeSetting(second.address, { credentials: ['user'] }),
      rangeSetting(third.address),
    ],
  }));
  await ask(page, 'POST', '/ranges/estimate', { range });
  const tested = await ask<DiagnosisView>(page, 'POST', '/test', { address: second.address });
  assert.equal(tested.cause, 'printer');
  await ask(page, 'POST', '/scan');
  const after = await waitFor(async () => {
    const view = await ask<BoxView>(page, 'GET', '/state');
    return view.scan === null && view.central.waiting === 0 && view.lastScan?.arrived === 3 ? view : undefined;
  });
  assert.equal(after.lastScan?.printers, 3, 'each by its own key');
  const { payloads } = await ask<SentList>(page, 'GET', '/sent');
  assert.ok(payloads.length > 0);
  const shown = [
    ...(await Promise.all(payloads.map(({ id }) => ask(page, 'GET', `/sent/${id}`)))),
    ...(await Promise.all(
      ['/settings', '/changes', '/people', '/sessions', '/devices', '/sent/summary', '/health', '/health/log'].map(
        (path) => ask(page, 'GET', path),
      ),
    )),
  ].map((body) => JSON.stringify(body));
  assert.equal((await ask<SessionView>(page, 'GET', '/session')).signedIn, true);

  const typed = {
    ...SECRETS,
    'the box’s set-up code': boxCode,
    'central’s set-up code': setupCode,
    'the code of enrolment': code,
  };
  const given = [page, dashboard].flatMap((at) => at.given()).map((value) => ['a cookie or token of a session', value]);
  assert.ok(given.length >= 4, 'two cookies, two tokens');
  const secrets = [...Object.entries(typed), ['the key of a program', token], ...given];
  let looked = 0;
  for (const [what = '', secret = ''] of secrets) {
    assert.ok(secret.length > 8, what);
    const forms = [secret, Buffer.from(secret).toString('base64').slice(0, 12), Buffer.from(secret).toString('hex')];
    for (const [name, wire] of Object.entries(wires)) {
      const heard = wire.heard();
      assert.ok(heard.length > 5000, `${heard.length} bytes went by on ${name}`);
      for (const form of forms) assert.equal(heard.includes(form), false, `${what} on ${name}`);
      looked += 1;
    }
  }
  assert.equal(looked, 3 * secrets.length);
  // Nor is one shown again, or kept as it was typed in; what the machines were asked with never came to central.
  await box.close();
  const kept = [box.folder, folder].flatMap((path) =>
    readdirSync(path)
      .filter((name) => name.includes('sqlite'))
      .map((name) => readFileSync(join(path, name), 'latin1')),
  );
  assert.ok(kept.length >= 2);
  for (const [what, secret] of [...Object.entries(typed), ['the key of a program', token] as const]) {
    for (const text of [...shown, ...kept]) assert.equal(text.includes(secret), false, what);
  }
});

test('the tap does hear what is said in the clear', async (t) => {
  const box = await startTestBox(t);
  const clear = await tapped(t, portOf(box.url));
  await fetch(`http://127.0.0.1:${clear.port}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ password: PASSWORD }),
  });
  assert.equal(clear.heard().includes(PASSWORD), true);
});
