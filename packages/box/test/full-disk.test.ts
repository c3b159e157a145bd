/** Saving settings on a full disk: told as that, nothing half saved, and over when there is room again. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProblemDetails, SessionView, SettingsInput, SettingsView } from '@rsb/contract';
import { silentLog, systemClock, systemRandom } from '@rsb/runtime';
import { buildServer, type ServerOptions } from '../src/api/index.ts';
import { createPeople, createSessions } from '../src/people/index.ts';
import { createChangeLog, createSettings, defaultSettings } from '../src/settings/index.ts';
import { openDatabase } from '../src/store/database.ts';
import { createFacts } from '../src/store/facts.ts';
import { migrate } from '../src/store/migrations.ts';
import type { Vault } from '../src/store/vault.ts';
import { asInput, PASSWORD, rangeSetting } from './box-at-work.ts';

test('a full disk while saving is a problem of its own, with status 507', async (t) => {
  const db = openDatabase(':memory:');
  t.after(() => db.close());
  migrate(db);
  const [clock, random] = [systemClock(), systemRandom()];
  const changeLog = createChangeLog(db, clock);
  const people = createPeople({ db, facts: createFacts(db), clock, random, zone: () => 'UTC' });
  const vault: Vault = { find: () => null, save: () => {}, setAt: () => null, derive: () => Buffer.alloc(32) };
  const settings = createSettings({
    db,
    vault,
    changeLog,
    defaults: defaultSettings({ zone: 'UTC', language: 'en' }),
  });
  const { app } = await buildServer({
    // No route of this test asks the box's work for anything; the stream of events only listens.
    service: { subscribe: () => () => undefined } as unknown as ServerOptions['service'],
    settings,
    changeLog,
    people,
    sessions: createSessions(db, clock),
    certificates: {} as ServerOptions['certificates'],
    backup: {} as ServerOptions['backup'],
    clock,
    log: silentLog(),
    webRoot: '/nowhere',
    version: '0.0.0-test',
    cookieSecret: 'x'.repeat(32),
    ownNames: [],
  });
  t.after(() => app.close());
  const code = people.renewSetupCode() ?? '';
  const setUp = await app.inject({ method: 'POST', url: '/api/v1/setup', payload: { code, password: PASSWORD } });
  const cookie = String(setUp.headers['set-cookie']).split(';', 1)[0] ?? '';
  const token = setUp.json<SessionView>().csrfToken ?? '';
  const input = asInput(settings.view() as unknown as SettingsInput);
  const large: SettingsInput = {
    ...input,
    ranges: Array.from({ length: 400 }, (_, n) =>
      rangeSetting(`10.${n >> 8}.${n & 255}.0/24`, { note: 'x'.repeat(200) }),
    ),
  };
  const save = (payload: SettingsInput, revision: number) =>
    app.inject({
      method: 'PUT',
      url: '/api/v1/settings',
      headers: { cookie, 'x-csrf-token': token, 'if-match': `"${revision}"`, 'accept-language': 'fr' },
      payload,
    });
  const { revision } = settings;
  db.one(`PRAGMA max_page_count = ${Number(db.one('PRAGMA page_count')?.['page_count'])}`);
  const refused = await save(large, revision);
  const problem = refused.json<ProblemDetails>();
  assert.deepEqual([refused.statusCode, problem.code], [507, 'storageFull'], refused.body.slice(0, 200));
  assert.match(problem.title, /stockage de la box est plein/);
  assert.equal(settings.revision, revision);
  assert.deepEqual(settings.document.ranges, []);
  assert.equal(changeLog.latest(500).filter(({ path }) => path.startsWith('/ranges')).length, 0);
  db.one('PRAGMA max_page_count = 1000000');
  const saved = await save(large, revision);
  assert.equal(saved.statusCode, 200, saved.body.slice(0, 200));
  assert.equal(saved.json<SettingsView>().ranges.length, 400);
});
