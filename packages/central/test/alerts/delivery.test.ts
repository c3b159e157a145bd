/** Telling people: mails by a real SMTP server, webhooks by a receiver that fails, delays and repeats; on both engines. */
import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { AlertChannel, MailServer } from '@rsb/contract';
import {
  instant,
  type ManualClock,
  manualClock,
  minutes,
  Secret,
  seconds,
  silentLog,
  systemRandom,
} from '@rsb/runtime';
import type { ToldLine } from '../../src/alerts/tell.ts';
import { type Courier, createCourier, MOST_ATTEMPTS } from '../../src/notify/courier.ts';
import { channelContext, MAIL_SERVER, sealOf } from '../../src/notify/seal.ts';
import { createAtRest } from '../../src/proposals/at-rest.ts';
import { type CentralDatabase, centralDatabase } from '../../src/store/database.ts';
import type { DeliveryRow } from '../../src/store/deliveries.ts';
import { type CustomerId, drawId } from '../../src/store/identifiers.ts';
import { openStore } from '../../src/store/open.ts';
import { type EngineForTest, overEngines } from '../engines.ts';
import { type Lifetime, newFolder, okay } from '../running-central.ts';
import { headerOf, makeCertificate, partOf, startPost, startReceiver } from './receivers.ts';

const START = Date.parse('2026-11-25T09:00:00Z');
const SECRET = 'the secret of the hook';

interface Desk {
  readonly database: CentralDatabase;
  readonly clock: ManualClock;
  readonly courier: Courier;
  /** As after a crash: another process on the same store. */
  again(): Courier;
  mail(own?: Partial<Extract<AlertChannel, { kind: 'mail' }>>): Promise<number>;
  hook(url: string, own?: Partial<Extract<AlertChannel, { kind: 'webhook' }>>): Promise<number>;
  server(server: MailServer, password?: string): Promise<void>;
  ready(channel: number, lines: readonly Partial<ToldLine>[], group?: string): Promise<void>;
  log(): Promise<DeliveryRow[]>;
}

async function newDesk(engine: EngineForTest, t: Lifetime): Promise<Desk> {
  const { databaseUrl } = await engine.place();
  const place = databaseUrl === undefined ? { file: join(newFolder(t), 'central.sqlite') } : { url: databaseUrl };
  const database = centralDatabase(okay(await openStore(place, silentLog())));
  t.after(() => database.close());
  const clock = manualClock(instant(START));
  const random = systemRandom();
  const { privateKey } = generateKeyPairSync('ed25519');
  const seal = sealOf(createAtRest({ privateKey, publicPem: '' }, random));
  const again = () =>
    createCourier({ database, clock, random, log: silentLog(), seal, publicUrl: 'https://central.example' });
  const whole = { on: true, severities: [], customers: [], tellResolved: true };
  const add = async (channel: AlertChannel): Promise<number> => {
    const id = drawId(random);
    const secret = channel.kind === 'webhook' ? seal.close(new Secret(SECRET), channelContext(id)) : null;
    await database.alertHouse.addChannel({
      id,
      value: JSON.stringify(channel),
      secret,
      revision: 1,
      created_at: START,
    });
    return id;
  };
  const customer = drawId(random) as CustomerId;
  let made = 0;
  return {
    database,
    clock,
    courier: again(),
    again,
    mail: (own = {}) =>
      add({
        kind: 'mail',
        name: 'Service desk',
        ...whole,
        to: ['desk@dealer.example', 'chief@dealer.example'],
        language: 'en',
        when: 'atOnce',
        dailyAt: '07:00',
        zone: 'Europe/Paris',
        ...own,
      }),
    hook: (url, own = {}) => add({ kind: 'webhook', name: 'Tickets', ...whole, url, allowPrivate: true, ...own }),
    async server({ password: _password, ...server }, password) {
      const sealed = password === undefined ? null : seal.close(new Secret(password), MAIL_SERVER);
      assert.ok(await database.alertHouse.saveMailServer(JSON.stringify(server), sealed, 0));
    },
    async ready(channel, lines, group = 'customer 1') {
      await database.forCustomer(customer).alerts.notify(
        lines.map((line) => {
          made += 1;
          return {
            id: drawId(random),
            channel_id: channel,
            alert_id: made,
            made_at: clock.now(),
            ready_at: clock.now(),
            group_key: group,
            line: JSON.stringify(told(made, line)),
          };
        }),
      );
    },
    log: () => database.deliveries.list(null, null, 100),
  };
}

function told(number: number, own: Partial<ToldLine>): ToldLine {
  return {
    event: `${number}-1`,
    step: 'opened',
    at: '2026-11-25T08:58:00Z',
    alert: String(number),
    rule: 'service-call',
    ruleName: null,
    condition: 'error',
    severity: 'critical',
    customer: '77',
    customerName: 'Lycée Voltaire',
    box: '411223312',
    device: '12',
    label: 'RNP00257373D660',
    model: 'MP C3003',
    serviceId: '708189',
    causes: [{ kind: 'error', error: 'serviceRequested' }],
    also: [],
    ...own,
  };
}

const plain = (port: number): MailServer => ({
  host: '127.0.0.1',
  port,
  security: 'none',
  authority: null,
  user: null,
  from: 'alerts@dealer.example',
});

overEngines((test) => {
  test('a mail arrives once, in the channel’s language, with a stable Message-ID', async (engine, t) => {
    const desk = await newDesk(engine, t);
    const post = await startPost(t);
    await desk.server(plain(post.port));
    const channel = await desk.mail({ language: 'fr' });
    await desk.ready(channel, [{}, { step: 'resolved', severity: 'warning', label: 'HP7', causes: [] }]);
    await desk.courier.runUntil(START);
    await desk.courier.runUntil(START);
    assert.equal(post.letters.length, 1);
    const [letter] = post.letters;
    assert.ok(letter);
    assert.deepEqual(letter.to, ['desk@dealer.example', 'chief@dealer.example']);
    assert.equal(letter.from, 'alerts@dealer.example');
    const [row] = await desk.log();
    assert.deepEqual(headerOf(letter.raw, 'Message-ID'), [`<${row?.id}@dealer.example>`]);
    assert.deepEqual(headerOf(letter.raw, 'Auto-Submitted'), ['auto-generated']);
    assert.deepEqual([row?.state, row?.attempts, row?.alerts], ['delivered', 1, 2]);
    const text = partOf(letter.raw, 'text/plain');
    for (const word of [
      'Lycée Voltaire',
      'Appel SAV',
      'RNP00257373D660',
      '708189',
      'Résolu',
      'https://central.example/alerts/77/',
    ])
      assert.ok(text.includes(word), word);
    const html = partOf(letter.raw, 'text/html');
    for (const word of ['lang="fr"', 'Lycée Voltaire', 'Appel SAV']) assert.ok(html.includes(word), word);
  });

  test('names with scripts, markup and line ends are inert in subject, headers, text and HTML', async (engine, t) => {
    const desk = await newDesk(engine, t);
    const post = await startPost(t);
    await desk.server(plain(post.port));
    const evil = '<script>alert(1)</script>"\'&\r\nBcc: all@evil.example\r\n\r\n<img src=x onerror=alert(2)>\u202Egnp';
    const channel = await desk.mail({ name: evil });
    await desk.ready(channel, [{ label: evil, customerName: evil, model: evil, serviceId: evil, ruleName: evil }]);
    await desk.courier.runUntil(START);
    const [letter] = post.letters;
    assert.ok(letter);
    assert.deepEqual(headerOf(letter.raw, 'Bcc'), []);
    assert.equal(headerOf(letter.raw, 'Subject').length, 1);
    assert.deepEqual(letter.to, ['desk@dealer.example', 'chief@dealer.example']);
    const html = partOf(letter.raw, 'text/html');
    assert.doesNotMatch(html, /<script|<img|\u202E/);
    assert.ok(html.includes('&lt;script&gt;alert(1)&lt;/script&gt;'));
    const text = partOf(letter.raw, 'text/plain');
    assert.doesNotMatch(text, /^Bcc:/m);
  });

  test('STARTTLS with a login; a wrong certificate and a wrong password are told, and nothing is sent', async (engine, t) => {
    const desk = await newDesk(engine, t);
    const tls = makeCertificate(newFolder(t));
    const post = await startPost(t, tls);
    const server: MailServer = { ...plain(post.port), security: 'startTls', user: 'central', authority: tls.cert };
    await desk.server(server, 'letter box');
    const channel = await desk.mail();
    assert.deepEqual((await desk.courier.test(channel))?.delivered, true);
    assert.deepEqual([post.letters[0]?.user, post.letters[0]?.secure], ['central', true]);
    const { alertHouse } = desk.database;
    const { password, revision } = (await alertHouse.findMailServer()) ?? { password: null, revision: 0 };
    await alertHouse.saveMailServer(JSON.stringify({ ...server, authority: null }), password, revision);
    const untrusted = await desk.courier.test(channel);
    assert.equal(untrusted?.delivered, false);
    assert.match(untrusted?.answer ?? '', /certificate/i);
    await alertHouse.saveMailServer(JSON.stringify(server), null, revision + 1);
    const refused = await desk.courier.test(channel);
    assert.match(refused?.answer ?? '', /EAUTH/);
    assert.equal(post.letters.length, 1);
    assert.deepEqual((await desk.log()).map(({ state, is_test }) => [state, is_test]).sort(), [
      ['delivered', 1],
      ['gaveUp', 1],
      ['gaveUp', 1],
    ]);
  });

  test('a server that is not there, then busy, then well: later and later, the same mail', async (engine, t) => {
    const desk = await newDesk(engine, t);
    const channel = await desk.mail();
    await desk.ready(channel, [{}]);
    await desk.courier.runUntil(START);
    const [waiting] = await desk.log();
    assert.deepEqual([waiting?.state, waiting?.attempts], ['waiting', 1]);
    const post = await startPost(t, { refusals: [{ code: 451, text: 'later' }] });
    await desk.server(plain(post.port));
    const gaps: number[] = [];
    for (let tries = 0; tries < 5; tries += 1) {
      const [row] = await desk.log();
      if (row?.state !== 'waiting') break;
      gaps.push(row.next_at - desk.clock.now());
      await desk.clock.advance(seconds(Math.ceil((row.next_at - desk.clock.now()) / 1000)));
      await desk.courier.runUntil(desk.clock.now());
    }
    assert.equal(gaps.length, 2);
    assert.ok((gaps[1] ?? 0) > (gaps[0] ?? 0), String(gaps));
    assert.equal(post.letters.length, 1);
    assert.equal((await desk.log())[0]?.state, 'delivered');
  });

  test('a webhook is signed over timestamp and body; a failure repeats the same event', async (engine, t) => {
    const desk = await newDesk(engine, t);
    const hook = await startReceiver(t, (reply, _call, count) => reply.writeHead(count === 1 ? 500 : 204).end('busy'));
    const channel = await desk.hook(hook.url);
    await desk.ready(channel, [{}, { severity: 'warning' }]);
    await desk.courier.runUntil(START);
    assert.match((await desk.log())[0]?.answer ?? '', /^HTTP 500: busy/);
    await desk.clock.advance(minutes(1));
    await desk.courier.runUntil(desk.clock.now());
    assert.equal(hook.calls.length, 2);
    const [first, second] = hook.calls;
    assert.ok(first && second);
    assert.equal(first.body, second.body);
    assert.equal(first.headers['rsb-event-id'], second.headers['rsb-event-id']);
    for (const { headers, body } of hook.calls) {
      const timestamp = String(headers['rsb-timestamp']);
      const right = createHmac('sha256', SECRET).update(`${timestamp}.${body}`).digest('hex');
      assert.equal(headers['rsb-signature'], `v1=${right}`);
    }
    assert.notEqual(first.headers['rsb-timestamp'], second.headers['rsb-timestamp']);
    const body = JSON.parse(first.body);
    assert.equal(body.id, first.headers['rsb-event-id']);
    assert.deepEqual(
      [body.kind, body.total, body.alerts.length, body.alerts[0].rule],
      ['alerts', 2, 2, 'service-call'],
    );
    assert.equal((await desk.log())[0]?.state, 'delivered');
  });

  test('a receiver that never answers is given up in time and delays nobody', async (engine, t) => {
    const desk = await newDesk(engine, t);
    let asked = () => {};
    const isAsked = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const mute = await startReceiver(t, () => asked());
    const well = await startReceiver(t, (reply) => reply.writeHead(200).end());
    const muteChannel = await desk.hook(mute.url);
    const wellChannel = await desk.hook(well.url);
    await desk.ready(muteChannel, [{}]);
    await desk.ready(wellChannel, [{}]);
    const running = desk.courier.runUntil(START);
    await isAsked;
    for (let turn = 0; turn < 20_000 && !(await isDelivered(desk, wellChannel)); turn += 1) await setImmediate();
    assert.equal((await stateOf(desk, wellChannel))?.state, 'delivered');
    assert.equal((await stateOf(desk, muteChannel))?.state, 'sending');
    await desk.clock.advance(seconds(10));
    await running;
    const over = await stateOf(desk, muteChannel);
    assert.deepEqual([over?.state, over?.attempts, over?.answer], ['waiting', 1, 'no answer within 10 s']);
  });

  test('redirects lead nowhere, 410 ends it, and private addresses need the dealer’s word', async (engine, t) => {
    const desk = await newDesk(engine, t);
    const target = await startReceiver(t, (reply) => reply.writeHead(200).end());
    const moved = await startReceiver(t, (reply) => reply.writeHead(302, { location: target.url }).end());
    const gone = await startReceiver(t, (reply) => reply.writeHead(410).end());
    const [movedChannel, goneChannel, closedChannel] = [
      await desk.hook(moved.url),
      await desk.hook(gone.url),
      await desk.hook(target.url, { allowPrivate: false }),
    ];
    for (const channel of [movedChannel, goneChannel, closedChannel]) await desk.ready(channel, [{}]);
    await desk.courier.runUntil(START);
    assert.equal(target.calls.length, 0);
    assert.deepEqual((await stateOf(desk, movedChannel))?.answer, 'HTTP 302');
    assert.equal((await stateOf(desk, goneChannel))?.state, 'gaveUp');
    assert.match((await stateOf(desk, closedChannel))?.answer ?? '', /private network/);
  });

  test('after a crash between sending and noting it is sent again, under the same id', async (engine, t) => {
    const desk = await newDesk(engine, t);
    const hook = await startReceiver(t, (reply) => reply.writeHead(200).end());
    const channel = await desk.hook(hook.url);
    await desk.ready(channel, [{}]);
    // The first process packs and leases, and is killed before it sends or notes anything.
    const { deliveries } = desk.database;
    await deliveries.pack({ id: channel, name: 'Tickets', kind: 'webhook' }, START, (lines) => [
      {
        id: 4711,
        alerts: 1,
        payload: JSON.stringify({
          lines: lines.map(({ line }) => JSON.parse(line)),
          total: 1,
          daily: false,
          test: false,
        }),
      },
    ]);
    assert.ok(await deliveries.claim({ token: 'dead', now: START, until: START + minutes(3) }, []));
    const next = desk.again();
    assert.equal(await next.runUntil(START + 1000), 0);
    await desk.clock.advance(minutes(4));
    assert.equal(await next.runUntil(desk.clock.now()), 1);
    assert.equal(hook.calls.length, 1);
    assert.equal(hook.calls[0]?.headers['rsb-event-id'], '4711');
    // The dead one comes back and may not overwrite what the other noted.
    assert.equal(
      await deliveries.settle(4711, 'dead', {
        state: 'waiting',
        attempts: 1,
        next_at: START,
        delivered_at: null,
        answer: null,
      }),
      false,
    );
    assert.equal((await stateOf(desk, channel))?.state, 'delivered');
  });

  test('hundreds of alerts of one moment are few messages; whoever never takes them is given up', async (engine, t) => {
    const desk = await newDesk(engine, t);
    const hook = await startReceiver(t, (reply) => reply.writeHead(503).end());
    const channel = await desk.hook(hook.url);
    for (let group = 0; group < 40; group += 1) await desk.ready(channel, Array(10).fill({}), `alert ${group}`);
    await desk.courier.runUntil(START);
    assert.equal(hook.calls.length, 1);
    const body = JSON.parse(hook.calls[0]?.body ?? '');
    assert.deepEqual([body.total, body.alerts.length], [400, 50]);
    let tries = 1;
    for (; tries < 40 && (await stateOf(desk, channel))?.state === 'waiting'; tries += 1) {
      await desk.clock.advance(minutes(361));
      await desk.courier.runUntil(desk.clock.now());
    }
    assert.equal((await stateOf(desk, channel))?.state, 'gaveUp');
    assert.equal(tries, MOST_ATTEMPTS);
  });
});

const stateOf = async (desk: Desk, channel: number) => (await desk.log()).find((row) => row.channel_id === channel);
const isDelivered = async (desk: Desk, channel: number) => (await stateOf(desk, channel))?.state === 'delivered';
