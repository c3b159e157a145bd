/** A box's outbox and uploader with a small central behind real HTTP, and the means to watch and to drive them. */
import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import type { TestContext } from 'node:test';
import { type Clock, type Millis, manualClock, millis, seededRandom, silentLog } from '@rsb/runtime';
import { createSentPayloads, disclosureSchema } from '../src/disclosure/index.ts';
import { createUploader, type Line, loadIdentity, openLine, type UploadStatus } from '../src/line/index.ts';
import { createOutbox, outboxSchema } from '../src/outbox/index.ts';
import { openDatabase } from '../src/store/database.ts';
import { AGENT, serveCentral } from './line-central.ts';
import { START } from './line-servers.ts';

export async function site(t: TestContext) {
  const clock = manualClock(START);
  const random = seededRandom(7);
  const waits: Millis[] = [];
  const after: Clock['after'] = (name, delay, run) => {
    if (name === 'next report') waits.push(delay);
    return clock.after(name, delay, run);
  };
  const db = openDatabase(':memory:');
  db.script(outboxSchema);
  db.script(disclosureSchema);
  const payloads = createSentPayloads(db, clock);
  const outbox = createOutbox(db, { clock, random });
  const identity = loadIdentity({ load: () => null, save: () => {} });
  const central = await serveCentral(t, () => createPublicKey(identity.publicKey));
  const lineTo = (url: string): Line => {
    const opened = openLine({ url, clock });
    assert.ok(opened.ok);
    t.after(() => opened.value.close());
    return opened.value;
  };
  const set = {
    line: lineTo(central.url) as Line | null,
    agent: AGENT as string | null,
    centralKey: central.key as string | null,
  };
  const watchers = new Set<() => void>();
  const uploader = createUploader({
    outbox,
    line: () => set.line,
    identity: () => (set.agent === null ? null : { agent: set.agent, privateKey: identity.privateKey }),
    pinnedCentralKey: () => set.centralKey,
    clock: { ...clock, after },
    random,
    log: silentLog(),
    keepSent: (sent) => payloads.append(sent),
    onChange: () => {
      for (const watcher of watchers) watcher();
    },
  });
  t.after(async () => {
    await uploader.stop();
    db.close();
  });
  /** Resolves once a status is shown that fits. */
  const shown = (fits: (status: UploadStatus) => boolean): Promise<UploadStatus> =>
    new Promise((resolve) => {
      const look = () => {
        const status = uploader.status();
        if (!fits(status)) return;
        watchers.delete(look);
        resolve(status);
      };
      watchers.add(look);
    });
  const append = (count: number, text = '') => {
    for (let n = 0; n < count; n += 1) outbox.append('boxState', { n, text });
  };
  /** Lets the clock go on to the next try, and answers how long that took. */
  const nextTry = async (): Promise<Millis> => {
    await clock.advance(millis(0));
    const wait = waits.at(-1) ?? millis(0);
    await clock.advance(wait);
    return wait;
  };
  const drained = (status: UploadStatus) => status.waiting === 0 && status.state === 'reached';
  const failing = (code: string) => (status: UploadStatus) => status.fault?.code === code;
  return { db, payloads, clock, outbox, central, set, uploader, shown, append, nextTry, drained, failing, lineTo };
}
