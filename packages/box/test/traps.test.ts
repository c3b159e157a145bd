/** Traps make the box look sooner at what it knows, and nothing else: no answer, no content, bounded work. */
import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext, test } from 'node:test';
import type { HealthView } from '@rsb/contract';
import { instant, manualClock, minutes, silentLog } from '@rsb/runtime';
import { seedSite } from '@rsb/simulator';
import fc from 'fast-check';
import { createSooner, createTrapListener, isNotification } from '../src/traps/index.ts';
import { startSiteBox, waitFor } from './box-at-work.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(/\s/g, ''), 'hex');
/** Community `public`, no varbinds. */
const TRAP_V1 = hex('302a 020100 04067075626c6963 a41d 06082b06010401857b01 4004c0a80101 020106 020101 430100 3000');
const TRAP_V2 = hex('3018 020101 04067075626c6963 a70b 020101 020100 020100 3000');
const INFORM = hex('3018 020101 04067075626c6963 a60b 020101 020100 020100 3000');
const SECRET_WORD = 'LetterOfDismissal';

describe('what is a notification', () => {
  const cases: readonly (readonly [string, Uint8Array, boolean])[] = [
    ['a trap of v1', TRAP_V1, true],
    ['a trap of v2c', TRAP_V2, true],
    ['an inform', INFORM, true],
    ['with a length in the long form', hex('308200 18 020101 04067075626c6963 a70b 020101 020100 020100 3000'), true],
    ['v3, which is ignored', hex('300c 020103 30 07 020101 020100'), false],
    ['a GetRequest', hex('3018 020101 04067075626c6963 a00b 020101 020100 020100 3000'), false],
    ['a SetRequest', hex('3018 020101 04067075626c6963 a30b 020101 020100 020100 3000'), false],
    ['an answer', hex('3018 020101 04067075626c6963 a20b 020101 020100 020100 3000'), false],
    ['cut in its community', TRAP_V2.subarray(0, 9), false],
    ['a community that is longer than the packet', hex('3018 020101 0481ff 70'), false],
    ['nothing', new Uint8Array(0), false],
  ];
  for (const [what, bytes, is] of cases) it(what, () => assert.equal(isNotification(bytes), is));

  it('never throws, and every prefix of a true one is judged', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => typeof isNotification(bytes) === 'boolean'));
    const places = fc.integer({ min: 0, max: TRAP_V1.length - 1 });
    fc.assert(
      fc.property(places, fc.integer({ min: 0, max: 255 }), places, (at, value, length) => {
        const mutated = Uint8Array.from(TRAP_V1);
        mutated[at] = value;
        return typeof isNotification(mutated.subarray(0, length)) === 'boolean';
      }),
    );
  });
});

test('100,000 of them are little work: a machine is looked at once in ten minutes, strangers never, few at a time', async () => {
  const clock = manualClock(instant(0));
  const looks: string[] = [];
  let open = 0;
  let most = 0;
  let lookups = 0;
  const sooner = createSooner({
    clock,
    isKnown(address) {
      lookups += 1;
      return address.startsWith('127.0.1.');
    },
    async look(address) {
      looks.push(address);
      open += 1;
      most = Math.max(most, open);
      await new Promise((resolve) => setImmediate(resolve));
      open -= 1;
    },
  });
  for (let number = 0; number < 100_000; number += 1) {
    sooner.heard(number % 2 === 0 ? `127.0.1.${number % 100}` : `127.9.${number % 250}.${number % 200}`);
  }
  for (let turns = 0; turns < 200; turns += 1) await new Promise((resolve) => setImmediate(resolve));
  await clock.advance(minutes(1));
  assert.equal(new Set(looks).size, looks.length, 'each at most once');
  assert.equal(looks.length, 50, 'all that are known');
  assert.ok(most <= 4, `${most} at a time`);
  assert.ok(lookups <= 100_000);
  const before = looks.length;
  sooner.heard('127.0.1.2');
  await clock.advance(minutes(5));
  assert.equal(looks.length, before, 'too early');
  await clock.advance(minutes(5));
  sooner.heard('127.0.1.2');
  await clock.advance(minutes(1));
  assert.equal(looks.length, before + 1);
  await sooner.stop();
  sooner.heard('127.0.1.4');
  await clock.advance(minutes(20));
  assert.equal(looks.length, before + 1, 'nothing after the end');
});

/** A port that is free now. */
async function freePort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}

async function sender(t: TestContext, address: string) {
  const socket = createSocket('udp4').bind(0, address);
  await once(socket, 'listening');
  const answers: Buffer[] = [];
  socket.on('message', (bytes) => answers.push(bytes));
  t.after(() => socket.close());
  const send = (bytes: Uint8Array, port: number) =>
    new Promise<void>((resolve) => socket.send(bytes, port, '127.0.0.1', () => resolve()));
  return { send, answers };
}

test('a trap of a known machine brings its poll forward; nothing is answered, and nothing of it is kept', async (t) => {
  const machines = seedSite({ gear: false }).slice(0, 2);
  const [machine, other] = machines;
  assert.ok(machine && other);
  const { box, site } = await startSiteBox(t, machines);
  await box.scan();
  const received = () => site.traffic(machine.address).received;
  const traps = async () => (await box.reader.ask<HealthView>('GET', '/health')).traps;
  assert.equal((await traps()).state, 'off');
  const port = await freePort();
  await box.settings((settings) => ({ ...settings, traps: { on: true, port } }));
  await waitFor(async () => ((await traps()).state === 'heard' ? true : undefined));

  const before = received();
  const [known, stranger] = [await sender(t, machine.address), await sender(t, '127.0.99.99')];
  const inform = Buffer.concat([INFORM.subarray(0, -2), hex('3000'), Buffer.from(SECRET_WORD)]);
  await stranger.send(inform, port);
  await known.send(Buffer.from('no notification'), port);
  await known.send(inform, port);
  await known.send(TRAP_V1, port);
  await waitFor(() => (received() > before ? true : undefined));
  await waitFor(async () => ((await traps()).traps === 3 ? true : undefined));
  const { looks, state } = await traps();
  assert.deepEqual({ looks, state }, { looks: 1, state: 'heard' });
  assert.deepEqual([known.answers, stranger.answers], [[], []]);

  await box.settings((settings) => ({ ...settings, traps: { on: false, port } }));
  assert.equal((await traps()).state, 'off');
  const probe = createSocket('udp4').bind(port, '127.0.0.1');
  await once(probe, 'listening');
  probe.close();
  await box.close();
  for (const file of readdirSync(box.folder)) {
    assert.ok(!readFileSync(join(box.folder, file)).includes(SECRET_WORD), file);
  }
});

test('a port that another program holds is said by Health, and tried again with the next setting', async (t) => {
  const taken = createSocket('udp4').bind(0, '127.0.0.1');
  await once(taken, 'listening');
  t.after(() => taken.close());
  const { port } = taken.address();
  const sooner = createSooner({ clock: manualClock(instant(0)), isKnown: () => true, look: async () => {} });
  const listener = createTrapListener({ host: '127.0.0.1', sooner, log: silentLog() });
  listener.use({ on: true, port });
  await waitFor(() => (listener.view().state === 'failed' ? true : undefined));
  assert.equal(listener.view().code, 'EADDRINUSE');
  const free = await freePort();
  listener.use({ on: true, port: free });
  assert.deepEqual(listener.view(), { state: 'heard', port: free, code: null, traps: 0, looks: 0 });
  await listener.stop();
  assert.equal(listener.view().state, 'off');
});

test('a flood over a real socket leaves the loop to others: few datagrams a turn, one look at each machine', async () => {
  const clock = manualClock(instant(0));
  const looks: string[] = [];
  const look = async (address: string) => void looks.push(address);
  const sooner = createSooner({ clock, isKnown: (address) => address === '127.0.73.1', look });
  const listener = createTrapListener({ host: '127.0.73.9', sooner, log: silentLog() });
  const port = await freePort();
  listener.use({ on: true, port });
  const senders = ['127.0.73.1', '127.0.73.2'].map((address) => createSocket('udp4').bind(0, address));
  await Promise.all(senders.map((sender) => once(sender, 'listening')));
  const floods = [TRAP_V1, TRAP_V2, INFORM, hex('3018 020101 04067075626c6963 a30b 020101 020100 020100 3000')];
  let most = 0;
  let sent = 0;
  for (let turn = 0; turn < 400; turn += 1) {
    for (let number = 0; number < 100; number += 1) {
      senders[number % 2]?.send(floods[number % floods.length] ?? TRAP_V1, port, '127.0.73.9');
      sent += 1;
    }
    const before = sooner.counts.heard;
    await new Promise((resolve) => setImmediate(resolve));
    most = Math.max(most, sooner.counts.heard - before);
  }
  await waitFor(() => (sooner.counts.heard > 100 ? true : undefined));
  assert.ok(sooner.counts.heard <= (sent * 3) / 4, 'what is no notification counts for nothing');
  // Node's loop takes 32 datagrams of a socket before it looks at anything else.
  assert.ok(most <= 64, `${most} in one turn`);
  assert.deepEqual([looks, sooner.counts.looks], [['127.0.73.1'], 1]);
  for (const sender of senders) sender.close();
  await listener.stop();
});
