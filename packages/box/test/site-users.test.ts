/** A machine that wants an SNMPv3 user, from the settings to its reading: Debian's snmpd in the part of a printer. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { CredentialInput, DiagnosisView, SettingsView } from '@rsb/contract';
import { usmKey } from '@rsb/snmp';
import { skipWithout } from '@rsb/snmp/test/debian';
import { startSnmpd } from '@rsb/snmp/test/snmpd';
import { openDatabase } from '../src/store/database.ts';
import { createEngineClocks } from '../src/store/engine-clocks.ts';
import { rangeSetting, startTestBox } from './box-at-work.ts';

const AUTH = 'canary auth phrase';
const PRIV = 'canary priv phrase';
const PRINTER = [
  `createUser reader SHA-256 "${AUTH}" AES "${PRIV}"`,
  'rouser reader priv',
  'override .1.3.6.1.2.1.1.2.0 object_id .1.3.6.1.4.1.367.1.1',
  'override .1.3.6.1.2.1.43.5.1.1.17.1 octet_str "SN123456"',
  'override .1.3.6.1.2.1.43.10.2.1.4.1.1 counter 4711',
  'override .1.3.6.1.2.1.25.3.2.1.2.1 object_id .1.3.6.1.2.1.25.3.1.5',
  'override .1.3.6.1.2.1.25.3.2.1.3.1 octet_str "RICOH MP C3003"',
];
const reader = (passphrase: string): CredentialInput => ({
  id: 'reader',
  version: 'v3',
  user: 'reader',
  auth: { protocol: 'sha256', passphrase: AUTH },
  privacy: { protocol: 'aes128', passphrase },
});

test('a printer that wants an SNMPv3 user is found, read and read again', { skip: skipWithout('snmpd') }, async (t) => {
  const agent = await startSnmpd('127.0.66.7', PRINTER);
  t.after(() => agent.stop());
  const box = await startTestBox(t);
  await box.setUp();
  const save = (credential: CredentialInput) =>
    box.settings((settings) => ({
      ...settings,
      snmpPort: agent.port,
      packetsPerSecond: 0,
      credentials: [credential],
      ranges: [rangeSetting(agent.address, { credentials: ['reader'] })],
    }));

  await save(reader('another passphrase'));
  const told = await box.reader.ask<DiagnosisView>('POST', '/test', { address: agent.address });
  assert.equal(told.cause, 'wrongPrivacy', JSON.stringify(told.attempts));
  assert.deepEqual(
    told.attempts.map(({ version, user }) => [version, user]),
    [['v3', 'reader']],
  );

  await save(reader(PRIV));
  assert.equal((await box.scan()).lastScan?.printers, 1);
  const device = await box.device(agent.address);
  assert.deepEqual([device.serialNumber, device.counters?.value.life], ['SN123456', 4711]);
  const again = await box.reader.call<{ completeness: { state: string } }>('POST', `/devices/${device.id}/read`);
  assert.equal(again.status, 200);
  const view = await box.reader.ask<SettingsView>('GET', '/settings');
  assert.ok(
    view.credentials.some((credential) => credential.version === 'v3' && credential.auth?.protocol === 'sha256'),
  );

  const sent = JSON.stringify(box.items());
  await box.close();
  const store = openDatabase(join(box.folder, 'box.sqlite'));
  const [clock, ...others] = createEngineClocks(store).all();
  store.close();
  // What a restart of the box must not forget (RFC 3414 §2.3).
  assert.match(clock?.engineId ?? '', /^8000[0-9a-f]{6,60}$/);
  assert.ok(clock !== undefined && clock.boots >= 1 && others.length === 0);
  const secrets = [AUTH, PRIV, usmKey('sha256', AUTH).reveal(), usmKey('sha256', PRIV).reveal()];
  const kept = readdirSync(box.folder)
    .filter((name) => name.includes('sqlite'))
    .map((name) => readFileSync(join(box.folder, name), 'latin1'));
  assert.ok(kept.length > 0);
  for (const secret of secrets) for (const text of [sent, ...kept]) assert.ok(!text.includes(secret), secret);
});
