/** The box's line and outbox against the central of this project: enrolment, receipts, outages, a restored disk image. */
import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { prepare, type RunningCentral, startCentral } from '@rsb/central';
import type { EnrolmentAnswer, ItemKind } from '@rsb/contract';
import {
  instant,
  type ManualClock,
  manualClock,
  minutes,
  openDataFolder,
  seededRandom,
  silentLog,
  systemClock,
  systemRandom,
} from '@rsb/runtime';
import {
  type BoxIdentity,
  checkLine,
  createUploader,
  enrol,
  type Line,
  loadIdentity,
  type UploadStatus,
} from '../src/line/index.ts';
import { createOutbox, type Outbox, outboxSchema } from '../src/outbox/index.ts';
import { openDatabase } from '../src/store/database.ts';
import { issueFor, makeAuthority } from './line-certificates.ts';
import { lineTo } from './line-servers.ts';

const KINDS: readonly ItemKind[] = ['plan', 'reading', 'deviceEvent', 'deviceNote', 'scan', 'boxState'];
const example = (kind: ItemKind): { body: unknown } =>
  JSON.parse(readFileSync(join(import.meta.dirname, `../../contract/examples/v1/item-${kind}.json`), 'utf8'));

interface CentralPlace {
  readonly folder: string;
  readonly port?: number;
  readonly tls?: { readonly cert: string; readonly key: string };
}

async function start({ folder, port = 0, tls }: CentralPlace): Promise<RunningCentral & { end(): Promise<void> }> {
  const opened = openDataFolder(folder);
  assert.ok(opened.ok);
  const started = await startCentral({
    folder: opened.value,
    host: '127.0.0.1',
    port,
    tls,
    clock: systemClock(),
    random: systemRandom(),
    log: silentLog(),
    webRoot: null,
  });
  assert.ok(started.ok, JSON.stringify(started));
  const end = async () => {
    await started.value.close();
    opened.value.release();
  };
  return { ...started.value, end };
}

function newFolder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'rsb-line-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

async function newCode(central: RunningCentral): Promise<string> {
  const prepared = await prepare(central, {
    dealer: 'Dealer SA',
    user: 'admin',
    password: 'correct horse battery staple',
    customer: 'Customer',
  });
  assert.ok(prepared.ok);
  return prepared.value.code;
}

function box(
  t: TestContext,
  path: string,
  { line, clock, identity, answer }: { line: Line; clock: ManualClock; identity: BoxIdentity; answer: EnrolmentAnswer },
) {
  const random = seededRandom(path.length);
  const db = openDatabase(path);
  db.script(outboxSchema);
  const outbox: Outbox = createOutbox(db, { clock, random });
  const watchers = new Set<() => void>();
  const uploader = createUploader({
    outbox,
    line: () => line,
    identity: () => ({ agent: answer.box, privateKey: identity.privateKey }),
    pinnedCentralKey: () => answer.centralKey,
    clock,
    random,
    log: silentLog(),
    onChange: () => {
      for (const watcher of watchers) watcher();
    },
  });
  const end = async () => {
    await uploader.stop();
    if (!closed) db.close();
    closed = true;
  };
  let closed = false;
  t.after(end);
  const shown = (fits: (status: UploadStatus) => boolean) =>
    new Promise<UploadStatus>((resolve) => {
      const look = () => {
        if (!fits(uploader.status())) return;
        watchers.delete(look);
        resolve(uploader.status());
      };
      watchers.add(look);
    });
  const upload = async () => {
    const done = shown(({ waiting, state }) => waiting === 0 && state === 'reached');
    uploader.poke();
    return done;
  };
  const results = () => outbox.entries({ limit: 1000 }).map(({ result, code }) => code ?? result);
  return { outbox, uploader, shown, upload, results, end };
}

const newIdentity = () => loadIdentity({ load: () => null, save: () => {} });

test('enrolment, every kind of item, an outage, and a disk image put back: all of it arrives once', async (t) => {
  const place = { folder: newFolder(t) };
  let central = await start(place);
  t.after(() => central.end());
  const port = Number(new URL(central.url).port);
  const { line } = lineTo(t, central.url, { clock: systemClock() });
  assert.ok((await checkLine(line)).ok);

  const identity = newIdentity();
  const code = await newCode(central);
  const offer = { code, publicKey: identity.publicKey, version: '0.1.0' };
  const wrong = await enrol(line, { ...offer, code: 'AAAA-AAAA-AAAA' });
  assert.equal(wrong.ok ? null : wrong.error.code, 'codeUnknown');
  const beside = await enrol(lineTo(t, `${central.url}/elsewhere`, { clock: systemClock() }).line, offer);
  assert.equal(beside.ok ? null : beside.error.code, 'lineCaptivePortal', 'a server without that route is not central');
  const enrolled = await enrol(line, offer);
  assert.ok(enrolled.ok, JSON.stringify(enrolled));
  const repeated = await enrol(line, offer);
  assert.deepEqual(repeated, enrolled, 'an answer that was lost can be asked for again');
  const second = await enrol(line, { ...offer, publicKey: newIdentity().publicKey });
  assert.equal(second.ok ? null : second.error.code, 'codeUsed');

  const clock = manualClock(instant(0));
  const file = join(newFolder(t), 'box.sqlite');
  const peer = { line: lineTo(t, central.url, { clock }).line, clock, identity, answer: enrolled.value };
  const first = box(t, file, peer);
  for (const kind of KINDS) first.outbox.append(kind, example(kind).body);
  first.outbox.append('deviceNote', { device: 'x', field: 'colour of its hair', value: 'red', revision: 1 });
  const status = await first.upload();
  assert.equal(status.quarantined, 1);
  assert.deepEqual(first.results(), ['itemInvalid', ...KINDS.map(() => 'stored')]);

  await first.end();
  const image = join(newFolder(t), 'image.sqlite');
  copyFileSync(file, image);
  const later = box(t, file, peer);
  later.outbox.append('boxState', { ...(example('boxState').body as object), waiting: 1 });
  later.outbox.append('scan', example('scan').body);
  await central.end();
  const down = later.shown(({ state }) => state === 'notReached');
  later.uploader.poke();
  assert.equal((await down).fault?.code, 'lineRefused');
  central = await start({ ...place, port });
  const up = later.shown(({ waiting }) => waiting === 0);
  await clock.advance(minutes(1));
  await up;
  assert.deepEqual(later.results().slice(0, 2), ['stored', 'stored']);
  await later.end();

  const restored = box(t, image, peer);
  restored.outbox.append('boxState', { ...(example('boxState').body as object), waiting: 2 });
  restored.outbox.append('scan', example('scan').body);
  await restored.upload();
  // Under the first name central holds another item; the second is the very same one; the first comes again, renamed.
  assert.deepEqual(restored.results().slice(0, 3), ['stored', 'duplicate', 'itemConflict']);
});

test("central's own TLS with the dealer's authority: in with it, told apart without", async (t) => {
  const dealer = makeAuthority('Dealer authority');
  const central = await start({ folder: newFolder(t), tls: issueFor(['central.test'], dealer) });
  t.after(() => central.end());
  const url = `https://central.test:${new URL(central.url).port}`;
  const clock = systemClock();
  const without = await checkLine(lineTo(t, url, { clock }).line);
  assert.equal(without.ok ? null : without.error.code, 'lineIssuerUnknown');
  const { line } = lineTo(t, url, { clock, ca: dealer.pem });
  const identity = newIdentity();
  const enrolled = await enrol(line, { code: await newCode(central), publicKey: identity.publicKey, version: '0.1.0' });
  assert.ok(enrolled.ok, JSON.stringify(enrolled));
  const manual = manualClock(instant(0));
  const peer = box(t, ':memory:', {
    line: lineTo(t, url, { clock: manual, ca: dealer.pem }).line,
    clock: manual,
    identity,
    answer: enrolled.value,
  });
  peer.outbox.append('boxState', example('boxState').body);
  await peer.upload();
  assert.deepEqual(peer.results(), ['stored']);
});
