/** The box's store: its shape, its secrets, and how it notices that it is a copy. */
import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { instant, manualClock, minutes, Secret, seconds, seededRandom, silentLog } from '@rsb/runtime';
import { createOutbox } from '../src/outbox/index.ts';
import { openDatabase } from '../src/store/database.ts';
import { createFacts } from '../src/store/facts.ts';
import { createLoadMeter } from '../src/store/load.ts';
import { migrate } from '../src/store/migrations.ts';
import { openStore } from '../src/store/open-store.ts';
import { openVault } from '../src/store/vault.ts';

const clock = manualClock(instant(Date.UTC(2026, 10, 24, 8)));

function folderOf(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'rsb-store-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

describe('opening', () => {
  test('a new store has its shape, is readable for its owner alone, and opens again as the same', (t) => {
    const folder = folderOf(t);
    const first = openStore(folder);
    assert.equal(first.state, 'new');
    first.db.close();
    assert.equal(statSync(join(folder, 'box.sqlite')).mode & 0o777, 0o600);
    for (let start = 0; start < 3; start += 1) {
      const again = openStore(folder);
      assert.equal(again.state, 'known');
      assert.equal(migrate(again.db), 0);
      again.db.close();
    }
  });

  test('a store brought back from a copy is noticed, and gives names of a new epoch', (t) => {
    const folder = folderOf(t);
    const path = join(folder, 'box.sqlite');
    const first = openStore(folder);
    const outbox = createOutbox(first.db, { clock, random: seededRandom(1) });
    const before = outbox.append('scan', {});
    first.db.close();
    copyFileSync(path, join(folder, 'backup'));
    const lost = openStore(folder);
    createOutbox(lost.db, { clock, random: seededRandom(2) }).append('scan', { lost: true });
    lost.db.close();
    for (const name of readdirSync(folder)) if (name.startsWith('box.sqlite')) rmSync(join(folder, name));
    copyFileSync(join(folder, 'backup'), path);
    const restored = openStore(folder);
    assert.equal(restored.state, 'restored');
    const again = createOutbox(restored.db, { clock, random: seededRandom(3) });
    again.newEpoch();
    const after = again.append('scan', {});
    assert.notEqual(after.epoch, before.epoch);
    assert.equal(after.seq, 1);
    restored.db.close();
    const known = openStore(folder);
    assert.equal(known.state, 'known', 'said once');
    known.db.close();
  });

  test('a store of a newer version is left alone', (t) => {
    const folder = folderOf(t);
    const { db } = openStore(folder);
    db.script('PRAGMA user_version = 999');
    db.close();
    assert.throws(() => openStore(folder), /newer version \(999/);
  });
});

describe('secrets', () => {
  const open = (folder: string) => {
    const { db } = openStore(folder);
    const vault = openVault(join(folder, 'secret.key'), { db, random: seededRandom(7), clock, log: silentLog() });
    return { db, vault };
  };

  test('are found again, and stand nowhere on the disk in the clear', (t) => {
    const folder = folderOf(t);
    const { db, vault } = open(folder);
    vault.save('community/warehouse', new Secret('canary-community-Ω'));
    assert.equal(vault.find('community/warehouse')?.reveal(), 'canary-community-Ω');
    assert.equal(vault.find('community/other'), null);
    assert.equal(vault.setAt('community/warehouse'), clock.now());
    db.close();
    let files = 0;
    for (const name of readdirSync(folder)) {
      files += 1;
      assert.ok(!readFileSync(join(folder, name)).includes('canary-community'), name);
    }
    assert.ok(files >= 2);
    assert.equal(statSync(join(folder, 'secret.key')).mode & 0o777, 0o600);
    const again = open(folder);
    assert.equal(again.vault.find('community/warehouse')?.reveal(), 'canary-community-Ω');
    again.vault.save('community/warehouse', null);
    assert.equal(again.vault.find('community/warehouse'), null);
    again.db.close();
  });

  test('do not open under another name, when changed, or with another key', (t) => {
    const folder = folderOf(t);
    const { db, vault } = open(folder);
    vault.save('a', new Secret('secret of a'));
    db.run("INSERT INTO secret (name, sealed, set_at) SELECT 'b', sealed, set_at FROM secret WHERE name = 'a'");
    assert.equal(vault.find('b'), null);
    db.run("UPDATE secret SET sealed = CAST(substr(sealed, 1, length(sealed) - 1) || x'00' AS BLOB) WHERE name = 'b'");
    assert.equal(vault.find('b'), null);
    db.run("UPDATE secret SET sealed = x'00' WHERE name = 'b'");
    assert.equal(vault.find('b'), null);
    db.close();
    rmSync(join(folder, 'secret.key'));
    writeFileSync(join(folder, 'secret.key'), `${Buffer.alloc(32, 1).toString('base64')}\n`);
    const other = open(folder);
    assert.equal(other.vault.find('a'), null, 'lost, not a crash');
    other.db.close();
  });

  test('a damaged key file stops the start instead of losing every secret silently', (t) => {
    const folder = folderOf(t);
    writeFileSync(join(folder, 'secret.key'), 'half a ke');
    assert.throws(() => open(folder), /does not hold a key/);
  });
});

describe('the adapter', () => {
  const memory = () => {
    const db = openDatabase(':memory:');
    migrate(db);
    return db;
  };

  test('a full disk is told as such, keeps what was stored, and is over when there is room again', (t) => {
    const { db } = openStore(folderOf(t));
    const facts = createFacts(db);
    facts.save('pollMinute', '5');
    const size = Number(db.one('PRAGMA page_count')?.page_count);
    db.one(`PRAGMA max_page_count = ${size}`);
    const large = 'x'.repeat(200_000);
    assert.throws(() => db.transaction(() => facts.save('setupCodeHash', large)), /full/);
    assert.deepEqual([facts.find('pollMinute'), facts.find('setupCodeHash')], ['5', null]);
    db.one('PRAGMA max_page_count = 100000');
    db.transaction(() => facts.save('setupCodeHash', large));
    assert.equal(facts.find('setupCodeHash'), large);
    db.close();
  });

  test('rolls back all of a transaction when its work throws, and joins a nested one', () => {
    const db = memory();
    const facts = createFacts(db);
    assert.throws(() =>
      db.transaction(() => {
        facts.save('pollMinute', '5');
        db.transaction(() => facts.save('setupCodeHash', 'x'));
        throw new Error('power cut');
      }),
    );
    assert.equal(facts.find('pollMinute'), null);
    assert.equal(facts.find('setupCodeHash'), null);
    db.close();
  });

  for (const [name, value] of [
    ['a date', new Date()],
    ['an object', { a: 1 }],
    ['a list', [1]],
  ] as const) {
    test(`refuses ${name} instead of binding it wrongly`, () => {
      const db = memory();
      assert.throws(() => db.run('INSERT INTO fact (name, value) VALUES (?, ?)', value as never, 'x'), TypeError);
      db.close();
    });
  }
});

test('load is added up by hour, by range and by day of the site, in and out, pings and SNMP apart', async () => {
  const db = openDatabase(':memory:');
  migrate(db);
  // 23:50 in Paris.
  const own = manualClock(instant(Date.UTC(2026, 10, 24, 22, 50)));
  const load = createLoadMeter(db, own, () => 'Europe/Paris');
  const pass = (range: string | null, direction: 'sent' | 'received', kind: 'echo' | 'snmp', bytes: number) =>
    load.add({ range, direction, kind, bytes });
  pass('10.0.0.0/24', 'sent', 'echo', 44);
  pass('10.0.0.0/24', 'received', 'echo', 44);
  await own.advance(seconds(2));
  pass('10.0.0.0/24', 'sent', 'snmp', 100);
  pass('10.0.0.0/24', 'sent', 'snmp', 100);
  pass('10.0.1.0/24', 'received', 'snmp', 900);
  // An address in no range is nobody's.
  pass(null, 'sent', 'snmp', 100);
  assert.deepEqual(load.thisHour(), { packets: 5, bytes: 1188 });
  assert.deepEqual(load.thisHour('10.0.1.0/24'), { packets: 1, bytes: 900 });
  load.save();
  assert.deepEqual(load.thisHour(), { packets: 5, bytes: 1188 });
  // Past midnight in Paris, and in the next hour.
  await own.advance(minutes(20));
  assert.deepEqual(load.thisHour(), { packets: 0, bytes: 0 });
  pass('10.0.1.0/24', 'sent', 'snmp', 100);
  assert.deepEqual(load.recent(), [
    { range: '10.0.0.0/24', packets: 4, bytes: 288 },
    { range: '10.0.1.0/24', packets: 2, bytes: 1000 },
  ]);
  const none = { sentPackets: 0, sentBytes: 0, receivedPackets: 0, receivedBytes: 0, echoPackets: 0, peakPerSecond: 0 };
  assert.deepEqual(load.days(2), [
    {
      day: '2026-11-24',
      range: '10.0.0.0/24',
      ...{ sentPackets: 3, sentBytes: 244, receivedPackets: 1, receivedBytes: 44, echoPackets: 2, peakPerSecond: 2 },
    },
    { ...none, day: '2026-11-24', range: '10.0.1.0/24', receivedPackets: 1, receivedBytes: 900 },
    { ...none, day: '2026-11-25', range: '10.0.1.0/24', sentPackets: 1, sentBytes: 100, peakPerSecond: 1 },
  ]);
  assert.equal(load.days(1).length, 1);
  db.close();
});

test('a year of load is kept, day by day, and no more than 400 days', async () => {
  const db = openDatabase(':memory:');
  migrate(db);
  const own = manualClock(instant(Date.UTC(2026, 0, 1, 12)));
  const load = createLoadMeter(db, own, () => 'UTC');
  for (let day = 0; day < 450; day += 1) {
    own.jump(instant(Date.UTC(2026, 0, 1 + day, 12)));
    load.add({ range: '10.0.0.0/24', direction: 'sent', kind: 'snmp', bytes: 100 });
    load.save();
  }
  const days = load.days(1000);
  assert.equal(days.length, 400);
  assert.equal(days.at(-1)?.day, '2027-03-26');
  assert.ok(
    Number(db.one('SELECT COUNT(*) AS n FROM load')?.['n']) <= 4,
    'hours are kept for the running display only',
  );
  db.close();
});
