/**
 * From a box's report to a letter and a call, over the whole of central on both engines: rules, groups, quiet hours, the daily
 * digest, a silent box, three languages. Central's clock is the test's own.
 */
import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import type { AlertChannel, AlertRule, AlertRules, MailServerView } from '@rsb/contract';
import { type Instant, instant, type ManualClock, manualClock, millis } from '@rsb/runtime';
import { DEFAULT_RULES } from '../../src/alerts/rule-set.ts';
import { type EngineForTest, overEngines } from '../engines.ts';
import { type Lifetime, newTestCentral, type TestCentral } from '../running-central.ts';
import { readingItem } from '../sample-items.ts';
import { headerOf, type Letter, type Post, partOf, startPost, startReceiver } from './receivers.ts';

/** A Tuesday. In Paris it is an hour later. */
const START = instant(Date.parse('2026-11-24T09:00:00Z'));
const HOUR = 3_600_000;
const MINUTE = 60_000;
/** Time goes on by so much at most before all that is due is done. */
const STEP = 4 * HOUR;

interface Desk extends TestCentral {
  readonly clock: ManualClock;
  readonly post: Post;
  channel(channel: Partial<AlertChannel>): Promise<void>;
  rules(change: (rules: AlertRule[]) => AlertRule[]): Promise<void>;
  /** Time goes on, and all that is due is done. */
  pass(ms: number): Promise<void>;
}

async function newDesk(engine: EngineForTest, t: Lifetime): Promise<Desk> {
  const clock = manualClock(START);
  const central = await newTestCentral(t, { ...(await engine.place()), clock });
  const post = await startPost(t);
  const call = async (method: string, path: string, body: unknown, revision?: number) => {
    const more: Record<string, string> = revision === undefined ? {} : { 'if-match': `"${revision}"` };
    const answer = await central.person.call(method, `/api/v1${path}`, body, more);
    assert.ok(answer.status < 300, `${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const { revision } = (await call('GET', '/alerts/mail-server', undefined)) as MailServerView;
  const server = { host: '127.0.0.1', port: post.port, security: 'none', authority: null, user: null };
  await call('PUT', '/alerts/mail-server', { ...server, from: 'alerts@dealer.example' }, revision);
  const { worker, alerts, database } = central.central.work;
  const settle = async () => {
    for (let round = 0; round < 5000; round += 1) {
      const now = clock.now();
      const done = await worker.runUntil(now);
      const sent = await alerts.courier.runUntil(now);
      const [job, delivery] = [await database.queue.nextDue(), await database.deliveries.nextDue()];
      if (done === 0 && sent === 0 && (job ?? Infinity) > now && (delivery ?? Infinity) > now) return;
      await setImmediate();
    }
    assert.fail('work that never ends');
  };
  return {
    ...central,
    clock,
    post,
    async channel(own) {
      const whole = { on: true, severities: [], customers: [], tellResolved: true };
      const mail = { kind: 'mail', to: ['desk@dealer.example'], language: 'en', when: 'atOnce', dailyAt: '07:00' };
      await call('POST', '/alerts/channels', {
        name: 'Desk',
        ...whole,
        ...(own.kind === 'webhook' ? {} : { ...mail, zone: 'Europe/Paris' }),
        ...own,
      });
    },
    async rules(change) {
      const known = (await call('GET', '/alerts/rules', undefined)) as AlertRules;
      await call('PUT', '/alerts/rules', { rules: change([...known.rules]) }, known.revision);
    },
    async pass(ms) {
      await settle();
      // In steps, so that what becomes due on the way is done at its time.
      for (let left = ms; left > 0; left -= STEP) {
        await clock.advance(millis(Math.min(left, STEP)));
        await settle();
      }
    },
  };
}

const iso = (at: number) => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
const reading = (seq: number, at: Instant | number, serial: string, errors: string[], state = 'idle') =>
  readingItem(
    seq,
    {
      takenAt: iso(at),
      address: `10.0.0.${seq}`,
      identity: { serialNumber: serial, macAddress: null, hostName: serial },
      status: { state: state as never, errors: errors as never },
    },
    `Ricoh:${serial}`,
  );
const subjectOf = ({ raw }: Letter): string => decoded(headerOf(raw, 'Subject')[0] ?? '');
/** RFC 2047 words, as nodemailer writes them. */
const decoded = (text: string): string =>
  text.replaceAll(/=\?utf-8\?([BQ])\?([^?]*)\?=\s*/gi, (_, way: string, word: string) =>
    way.toUpperCase() === 'B'
      ? Buffer.from(word, 'base64').toString('utf8')
      : Buffer.from(
          word
            .replaceAll('_', ' ')
            .replaceAll(/=([0-9A-F]{2})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
          'latin1',
        ).toString('utf8'),
  );

overEngines((test) => {
  test('a service call is one letter, and its end another; jams of a customer’s morning are one', async (engine, t) => {
    const desk = await newDesk(engine, t);
    await desk.channel({ severities: ['critical', 'warning'] });
    await desk.rules((rules) =>
      rules.map((rule) => (rule.id === 'paper-jam' ? { ...rule, hold: { minutes: 0, readings: 1 } } : rule)),
    );
    const box = await desk.newBox(await desk.newCustomer('Lycée Voltaire'));
    const now = desk.clock.now();
    await box.report([
      reading(1, now, 'CALL1', ['serviceRequested'], 'down'),
      ...[2, 3, 4].map((seq) => reading(seq, now, `JAM${seq}`, ['jammed'])),
    ]);
    for (const _ of [1, 2, 3]) await desk.pass(MINUTE);
    assert.equal(desk.post.letters.length, 2, 'one fault, one letter; three jams, one letter');
    const texts = desk.post.letters.map(({ raw }) => partOf(raw, 'text/plain'));
    const call = texts.find((text) => text.includes('CALL1'));
    const jams = texts.find((text) => text.includes('JAM2'));
    assert.ok(call?.includes('Service call') && !call.includes('JAM'));
    for (const seq of [2, 3, 4]) assert.ok(jams?.includes(`JAM${seq}`));
    await box.report([reading(5, desk.clock.now(), 'CALL1', [])]);
    for (const _ of [1, 2, 3]) await desk.pass(MINUTE);
    assert.equal(desk.post.letters.length, 3);
    assert.match(partOf(desk.post.letters[2]?.raw ?? '', 'text/plain'), /Resolved[\s\S]*CALL1|CALL1[\s\S]*Resolved/);
    await desk.pass(3 * HOUR);
    assert.equal(desk.post.letters.length, 3, 'nothing is told twice');
  });

  test('in quiet hours nobody is told; in the morning only what still is', async (engine, t) => {
    const desk = await newDesk(engine, t);
    await desk.channel({});
    const quiet = { from: '19:00', to: '07:00', days: [1, 2, 3, 4, 5, 6, 7] };
    await desk.rules((rules) =>
      rules.map((rule) => (rule.id === 'service-call' ? { ...rule, quiet } : { ...rule, on: false })),
    );
    const customer = await desk.newCustomer('Night');
    const set = await desk.person.call(
      'PUT',
      `/api/v1/customers/${customer}/settings`,
      { zone: 'Europe/Paris' },
      { 'if-match': '"0"' },
    );
    assert.equal(set.status, 200);
    const box = await desk.newBox(customer);
    // 20:00 in Paris.
    await desk.pass(10 * HOUR);
    await box.report([
      reading(1, desk.clock.now(), 'LASTS', ['serviceRequested']),
      reading(2, desk.clock.now(), 'PASSES', ['serviceRequested']),
    ]);
    await desk.pass(2 * HOUR);
    await box.report([reading(3, desk.clock.now(), 'PASSES', [])]);
    await desk.pass(8 * HOUR);
    assert.equal(desk.post.letters.length, 0);
    await desk.pass(HOUR);
    assert.equal(iso(desk.clock.now()), '2026-11-25T06:00:00Z', 'seven in the morning in Paris');
    await desk.pass(MINUTE);
    assert.equal(desk.post.letters.length, 1);
    const text = partOf(desk.post.letters[0]?.raw ?? '', 'text/plain');
    assert.ok(text.includes('LASTS') && !text.includes('PASSES'));
  });

  test('a digest a day, in the reader’s language, of all customers; nothing on a day without news', async (engine, t) => {
    const desk = await newDesk(engine, t);
    const letters = (to: string) => desk.post.letters.filter((letter) => letter.to.includes(to));
    for (const language of ['en', 'fr', 'de'] as const)
      await desk.channel({
        kind: 'mail',
        name: language,
        language,
        to: [`${language}@dealer.example`],
        when: 'daily',
        dailyAt: '07:30',
      });
    for (const name of ['Alpha', 'Beta']) {
      const box = await desk.newBox(await desk.newCustomer(name));
      await box.report([reading(1, desk.clock.now(), `S${name}`, ['serviceRequested'])]);
    }
    await desk.pass(20 * HOUR);
    assert.equal(desk.post.letters.length, 0, 'not before its time');
    await desk.pass(3 * HOUR);
    const words = {
      en: ['Service call', 'Critical'],
      fr: ['Appel SAV', 'Critique'],
      de: ['Service rufen', 'Kritisch'],
    };
    for (const [language, own] of Object.entries(words)) {
      const [letter, ...more] = letters(`${language}@dealer.example`);
      assert.ok(letter);
      assert.equal(more.length, 0, 'both customers in one letter');
      assert.notEqual(subjectOf(letter), '');
      const text = partOf(letter.raw, 'text/plain');
      for (const word of ['Alpha', 'Beta', 'SAlpha', 'SBeta', own[0] ?? ''])
        assert.ok(text.includes(word), `${language}: ${word}`);
      assert.ok(partOf(letter.raw, 'text/html').includes(`lang="${language}"`));
    }
    assert.equal(new Set(desk.post.letters.map(subjectOf)).size, 3, 'three languages');
  });

  test('a box that falls silent is told once, with the call of its end', async (engine, t) => {
    const desk = await newDesk(engine, t);
    const hook = await startReceiver(t, (reply) => reply.writeHead(204).end());
    await desk.channel({ kind: 'webhook', url: hook.url, allowPrivate: true });
    await desk.rules(() => DEFAULT_RULES.filter(({ id }) => id === 'box-silent'));
    const box = await desk.newBox(await desk.newCustomer('Quiet'));
    await box.report([reading(1, desk.clock.now(), 'M1', [])]);
    await desk.pass(25 * HOUR);
    assert.equal(hook.calls.length, 0);
    await desk.pass(3 * HOUR);
    const told = () =>
      hook.calls.flatMap(({ body }) =>
        JSON.parse(body).alerts.map((line: { step: string; box: string }) => [line.step, line.box]),
      );
    assert.deepEqual(told(), [['opened', box.agent]]);
    await desk.pass(20 * HOUR);
    assert.deepEqual(told(), [['opened', box.agent]], 'still silent is no news');
    await box.report([reading(2, desk.clock.now(), 'M1', [])]);
    await desk.pass(HOUR);
    assert.deepEqual(told(), [
      ['opened', box.agent],
      ['resolved', box.agent],
    ]);
  });
});
