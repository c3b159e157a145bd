/** The sweep over sockets of our own, on a made-up network: its pace, its patience, and whom it believes. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { failure, instant, manualClock, millis, seededRandom, systemClock } from '@rsb/runtime';
import fc from 'fast-check';
import { decodeReply, encodeEcho } from '../src/echo-packet.ts';
import { chooseSweep, type EchoOptions, type EchoResult, type OpenEchoSocket, socketSweep } from '../src/index.ts';
import { collect, fates, loopback } from './collect.ts';
import { fakeNetwork, replyTo, type Sent } from './fake-socket.ts';
import { standIn } from './stand-in.ts';

const OPTIONS: EchoOptions = { rate: 0, timeout: millis(1000), retries: 1 };

function swept(addresses: readonly string[], options: EchoOptions = OPTIONS) {
  const clock = manualClock(instant(0));
  const network = fakeNetwork();
  const sweep = socketSweep({ clock, random: seededRandom(1), open: network.open });
  const told: EchoResult[] = [];
  const ended = (async () => {
    for await (const result of sweep.sweep(addresses, options)) told.push(result);
  })();
  return { clock, network, sweep, told, ended };
}

describe('patience', () => {
  it('a silent address is asked as often as was said, each time for as long, then it is dead', async () => {
    const { clock, network, sweep, told, ended } = swept(['10.0.0.1'], { ...OPTIONS, retries: 2 });
    await clock.advance(millis(999));
    assert.equal(network.sent.length, 1);
    await clock.advance(millis(1));
    assert.equal(network.sent.length, 2);
    await clock.advance(millis(1999));
    assert.deepEqual(told, []);
    await clock.advance(millis(1));
    await ended;
    assert.deepEqual(told, [{ address: '10.0.0.1', alive: false, roundTrip: null }]);
    assert.deepEqual(sweep.cost, { packets: 3, bytes: 3 * 32 });
    assert.deepEqual(clock.waiting(), []);
  });

  it('a reply ends the wait and tells the round trip', async () => {
    const { clock, network, sweep, told, ended } = swept(['10.0.0.1', '10.0.0.2']);
    await clock.advance(millis(40));
    for (const echo of [...network.sent]) network.deliver(4, replyTo(echo), echo.address);
    await ended;
    assert.deepEqual(
      told.map(({ roundTrip }) => roundTrip),
      [40, 40],
    );
    assert.deepEqual(sweep.cost, { packets: 4, bytes: 4 * 32 });
    assert.deepEqual(clock.waiting(), []);
  });

  it('a slow network: the late reply to the first try counts, with its own round trip', async () => {
    const { clock, network, told, ended } = swept(['10.0.0.1']);
    await clock.advance(millis(1400));
    const [first, second] = network.sent;
    assert.ok(first && second);
    assert.notDeepEqual(first.bytes, second.bytes);
    network.deliver(4, replyTo(first), '10.0.0.1');
    await ended;
    assert.deepEqual(told, [{ address: '10.0.0.1', alive: true, roundTrip: 1400 }]);
  });

  it('a duplicate reply is no second result', async () => {
    const { clock, network, told, ended } = swept(['10.0.0.1']);
    await clock.advance(millis(1));
    const [echo] = network.sent;
    assert.ok(echo);
    for (let copy = 0; copy < 3; copy += 1) network.deliver(4, replyTo(echo), '10.0.0.1');
    await ended;
    assert.equal(told.length, 1);
  });
});

describe('whom it believes', () => {
  const change = (at: number, value?: number) => (bytes: Uint8Array) => {
    bytes[at] = value ?? (bytes[at] ?? 0) ^ 1;
    return bytes;
  };
  const forged: readonly (readonly [string, (echo: Sent) => readonly [Uint8Array, string]])[] = [
    ['another address', (echo) => [replyTo(echo), '10.0.0.9']],
    ['another sequence', (echo) => [change(7)(replyTo(echo)), echo.address]],
    ['another token', (echo) => [change(10)(replyTo(echo)), echo.address]],
    ['our own echo', (echo) => [echo.bytes, echo.address]],
    ['the reply of the other family', (echo) => [change(0, 129)(replyTo(echo)), echo.address]],
    ['a code that no reply has', (echo) => [change(1, 3)(replyTo(echo)), echo.address]],
    ['cut short', (echo) => [replyTo(echo).subarray(0, 11), echo.address]],
    ['with something behind it', (echo) => [Uint8Array.from([...replyTo(echo), 0]), echo.address]],
    ['empty', (echo) => [new Uint8Array(0), echo.address]],
  ];
  for (const [what, forge] of forged) {
    it(`not: ${what}; and the true one still counts`, async () => {
      const { clock, network, told, ended } = swept(['10.0.0.1']);
      await clock.advance(millis(1));
      const [echo] = network.sent;
      assert.ok(echo);
      network.deliver(4, ...forge(echo));
      await clock.advance(millis(1));
      assert.equal(told.length, 0);
      network.deliver(4, replyTo(echo), '10.0.0.1');
      await ended;
      assert.deepEqual(fates(told), ['10.0.0.1: true']);
    });
  }

  it('no reply that was made for another address of the same sweep', async () => {
    const { clock, network, told, ended } = swept(['10.0.0.1', '10.0.0.2']);
    await clock.advance(millis(1));
    const [one, two] = network.sent;
    assert.ok(one && two);
    // The sequence of the one, the token that the other was sent.
    const crossed = replyTo(one);
    crossed.set(two.bytes.subarray(8), 8);
    network.deliver(4, crossed, '10.0.0.1');
    await clock.advance(millis(2000));
    await ended;
    assert.deepEqual(fates(told), ['10.0.0.1: false', '10.0.0.2: false']);
  });

  it('an IPv6 address by whatever spelling it was asked', async () => {
    const { clock, network, told, ended } = swept(['FD00:0::0001']);
    await clock.advance(millis(1));
    const [echo] = network.sent;
    assert.ok(echo);
    assert.equal(echo.bytes[0], 128);
    network.deliver(6, replyTo(echo), 'fd00::1');
    await ended;
    assert.deepEqual(fates(told), ['FD00:0::0001: true']);
  });

  it('decodes any bytes without failing, and nothing but a whole reply', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.constantFrom(4 as const, 6 as const), (bytes, family) => {
        const reply = decodeReply(family, bytes);
        if (reply) assert.equal(bytes.length, 12);
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 4, maxLength: 4 }), fc.nat(65_535), (token, sequence) => {
        const reply = decodeReply(6, replyTo({ family: 6, address: '', bytes: encodeEcho(6, sequence, token) }));
        assert.deepEqual(reply, { sequence, token });
      }),
    );
  });
});

describe('pace', () => {
  it('holds the rate over first tries and retries together', async () => {
    const addresses = loopback(10);
    const { clock, network, ended } = swept(addresses, { rate: 10, timeout: millis(500), retries: 1 });
    let steps = 0;
    for (let before = 0; network.sent.length < 20 && steps < 40; steps += 1) {
      await clock.advance(millis(steps === 0 ? 0 : 100));
      assert.ok(network.sent.length - before <= 1, `two in step ${steps}`);
      before = network.sent.length;
    }
    assert.ok(steps >= 20 && steps <= 22, `${steps} steps of 100 ms`);
    await clock.advance(millis(500));
    await ended;
    assert.equal(network.sent.length, 20);
  });

  it('never more than 32 in a turn of the loop, also for several sweeps', async () => {
    const network = fakeNetwork();
    const sweep = socketSweep({ clock: systemClock(), random: seededRandom(2), open: network.open });
    network.onSent = (echo) => network.deliver(4, replyTo(echo), echo.address);
    let turns = 0;
    let most = 0;
    let before = 0;
    let counting = true;
    const count = () => {
      turns += 1;
      most = Math.max(most, network.sent.length - before);
      before = network.sent.length;
      if (counting) setImmediate(count);
    };
    setImmediate(count);
    await Promise.all([1, 2].map(() => collect(sweep.sweep(loopback(1000), OPTIONS))));
    counting = false;
    assert.equal(network.sent.length, 2000);
    assert.ok(most <= 32 && turns >= Math.floor(2000 / 32), `${most} in one of ${turns} turns`);
  });

  it('a list without an end: no more addresses in question than it can hold', async () => {
    const clock = manualClock(instant(0));
    const network = fakeNetwork();
    const sweep = socketSweep({ clock, random: seededRandom(3), open: network.open });
    let taken = 0;
    function* endless() {
      for (;;) {
        taken += 1;
        yield `10.${taken >> 16}.${(taken >> 8) & 255}.${taken & 255}`;
      }
    }
    const abort = new AbortController();
    const ended = collect(sweep.sweep(endless(), { ...OPTIONS, signal: abort.signal }));
    for (let turn = 0; turn < 2000; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    assert.equal(network.sent.length, 16_384);
    assert.equal(taken, 16_385);
    assert.equal(new Set(network.sent.map(({ bytes }) => `${bytes[6]} ${bytes[7]}`)).size, 16_384);
    abort.abort();
    assert.deepEqual(await ended, []);
    assert.deepEqual(clock.waiting(), []);
  });
});

describe('what the system refuses', () => {
  const fate: readonly (readonly [string, boolean | null])[] = [
    ['ENETUNREACH', false],
    ['ENETDOWN', false],
    ['EHOSTUNREACH', false],
    ['EACCES', null],
    ['EPERM', null],
    ['EINVAL', null],
  ];
  for (const [code, alive] of fate) {
    it(`${code}: ${alive === null ? 'nothing is known' : 'nobody can answer'}, and nothing was sent`, async () => {
      const network = fakeNetwork();
      network.refuse = () => code;
      const sweep = socketSweep({ clock: systemClock(), random: seededRandom(4), open: network.open });
      const results = await collect(sweep.sweep(['10.0.0.1'], OPTIONS));
      assert.deepEqual(results, [
        { address: '10.0.0.1', alive, roundTrip: null, ...(alive === false && { unsent: true }) },
      ]);
      assert.deepEqual(sweep.cost, { packets: 0, bytes: 0 });
    });
  }

  it('a family that this machine does not have: nothing is known of its addresses', async () => {
    const network = fakeNetwork();
    network.onSent = (echo) => network.deliver(4, replyTo(echo), echo.address);
    const open: OpenEchoSocket = (family, onIcmp) =>
      family === 4 ? network.open(family, onIcmp) : failure('EAFNOSUPPORT');
    const sweep = socketSweep({ clock: systemClock(), random: seededRandom(5), open });
    const results = await collect(sweep.sweep(['fd00::1', '10.0.0.1'], OPTIONS));
    assert.deepEqual(fates(results), ['10.0.0.1: true', 'fd00::1: null']);
  });

  it('the socket itself: fping is taken, and nothing where there is none', async () => {
    const clock = systemClock();
    const refused: OpenEchoSocket = () => failure('EACCES');
    const program = standIn('while read a; do echo "$a is alive (0.1 ms)"; done');
    const sockets = async () => ({ ok: true, value: refused }) as const;
    assert.equal((await chooseSweep({ clock, which: () => program, sockets })).method, 'fping');
    assert.equal((await chooseSweep({ clock, which: () => undefined, sockets })).method, 'none');
    const unloadable = async () => failure('no binary for this machine');
    assert.equal((await chooseSweep({ clock, which: () => program, sockets: unloadable })).method, 'fping');
  });

  it('a socket that sends and hears nothing is not taken', async () => {
    const sockets = async () => ({ ok: true, value: fakeNetwork().open }) as const;
    const clock = manualClock(instant(0));
    const chosen = chooseSweep({ clock, which: () => undefined, sockets });
    await clock.advance(millis(1000));
    assert.equal((await chosen).method, 'none');
  });
});
