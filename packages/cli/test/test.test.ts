/** `rsb test` as a person and as a script see it: each cause, and the exit code that goes with it. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { EchoResult, EchoSweep } from '@rsb/icmp';
import { LOCALES } from '@rsb/messages';
import { millis } from '@rsb/runtime';
import { type Fault, type Mib, mibOf, seedSite, startSite } from '@rsb/simulator';
import { type TestMeans, test } from '../src/test.ts';
import { capturedIo, within } from './captured-io.ts';

const blank = { address: '127.0.44.1', name: 'shows nothing', mib: mibOf([]) };
/** Has the same value for whatever it is asked. */
const decoy: Mib = {
  get: () => ({ type: 'octets', value: Buffer.from('Office printer 500') }),
  next: () => undefined,
};
const onlyV1 = { ...seedSite()[0], address: '127.0.44.2', name: 'only v1', versions: ['v1'] as const };
const [seed] = seedSite();
assert.ok(seed);
const site = await startSite({
  machines: [...seedSite(), blank, { address: '127.0.44.3', name: 'decoy', mib: decoy }, { ...onlyV1, mib: seed.mib }],
  port: 0,
});
after(() => site.close());
const at = (address: string) => `${address}:${site.port}`;
const RICOH = '127.0.10.9';
const SWITCH = '127.0.10.2';
const BRIEF = ['--timeout', '200ms', '--retries', '0', '--rate', '0', '--json'];

/** A means to ping that finds the same everywhere: loopback itself answers every echo. */
const pinging = (alive: boolean | null): Partial<TestMeans> => ({
  sweep: async (): Promise<EchoSweep> => ({
    method: alive === null ? 'none' : 'socket',
    dataBytes: 16,
    async *sweep(addresses) {
      for await (const address of addresses) {
        yield { address, alive, roundTrip: alive ? millis(1.234) : null } satisfies EchoResult;
      }
    },
    cost: { packets: 0, bytes: 0 },
    close: async () => {},
  }),
});

interface Case {
  readonly what: string;
  readonly place: string;
  readonly ping: boolean | null;
  readonly args?: readonly string[];
  readonly faults?: readonly Fault[];
  readonly cause: string;
  readonly code: number;
  readonly states: readonly string[];
}

const cases: readonly Case[] = [
  { what: 'a printer', place: RICOH, ping: true, cause: 'printer', code: 0, states: ['v2c 1 printer', 'v1 1 printer'] },
  {
    what: 'a printer that speaks only v1',
    place: '127.0.44.2',
    ping: true,
    cause: 'printer',
    code: 0,
    states: ['v2c 1 silent', 'v1 1 printer'],
  },
  {
    what: 'the second of two communities',
    place: RICOH,
    ping: true,
    args: ['--community', 'wrong', '--community', 'public'],
    cause: 'printer',
    code: 0,
    states: ['v2c 1 silent', 'v1 1 silent', 'v2c 2 printer', 'v1 2 printer'],
  },
  {
    what: 'no Printer-MIB',
    place: SWITCH,
    ping: true,
    cause: 'notPrinter',
    code: 3,
    states: ['v2c 1 notPrinter', 'v1 1 notPrinter'],
  },
  {
    what: 'a value for everything',
    place: '127.0.44.3',
    ping: true,
    cause: 'answersAnything',
    code: 3,
    states: ['v2c 1 answersAnything', 'v1 1 answersAnything'],
  },
  {
    what: 'a view that shows nothing',
    place: '127.0.44.1',
    ping: true,
    cause: 'showsNothing',
    code: 3,
    states: ['v2c 1 showsNothing', 'v1 1 showsNothing'],
  },
  {
    what: 'an error to every request',
    place: RICOH,
    ping: true,
    faults: [{ kind: 'genErr' }],
    cause: 'refused',
    code: 4,
    states: ['v2c 1 refused', 'v1 1 refused'],
  },
  {
    what: 'a wrong community looks like a filter',
    place: RICOH,
    ping: true,
    args: ['--community', 'wrong'],
    cause: 'snmpSilent',
    code: 4,
    states: ['v2c 1 silent', 'v1 1 silent'],
  },
  {
    what: 'no echo and no SNMP',
    place: RICOH,
    ping: false,
    faults: [{ kind: 'silent' }],
    cause: 'silent',
    code: 4,
    states: ['v2c 1 silent', 'v1 1 silent'],
  },
  {
    what: 'no means to ping, and no SNMP',
    place: RICOH,
    ping: null,
    faults: [{ kind: 'silent' }],
    cause: 'silentUnpinged',
    code: 4,
    states: ['v2c 1 silent', 'v1 1 silent'],
  },
  {
    what: 'nobody listens on the port',
    place: '127.0.44.9',
    ping: true,
    cause: 'portClosed',
    code: 4,
    states: ['v2c 1 silent', 'v1 1 silent'],
  },
  {
    what: 'two of three packets are lost',
    place: RICOH,
    ping: true,
    faults: [{ kind: 'loses', lost: 2, outOf: 3 }],
    cause: 'lossy',
    code: 4,
    states: ['v2c 1 silent', 'v1 1 silent'],
  },
];

describe('the cause', () => {
  for (const { what, place, ping, args = [], faults = [], cause, code, states } of cases) {
    it(`${what}: ${cause}, exit ${code}`, async () => {
      if (faults.length > 0) site.misbehave(place, faults);
      const io = capturedIo();
      const exit = await test([at(place), ...BRIEF, ...args], io, pinging(ping));
      if (faults.length > 0) site.misbehave(place, []);
      const [line, ...rest] = io.lines();
      assert.deepEqual(rest, []);
      assert.equal(line?.['cause'], cause);
      assert.equal(exit, code);
      const attempts = line?.['attempts'] as { version: string; community: number; state: string }[];
      assert.deepEqual(
        attempts.map(({ version, community, state }) => `${version} ${community} ${state}`),
        states,
      );
      assert.equal(line?.['echoFiltered'], false);
      assert.equal(line?.['driver'] === null, cause !== 'printer');
      assert.equal(io.err(), '');
      assert.doesNotMatch(io.out(), /wrong|public/);
    });
  }

  it('SNMP but no echo: a printer all the same, and it is said that a scan would not find it', async () => {
    const io = capturedIo();
    assert.equal(await test([at(RICOH), ...BRIEF.slice(0, -1)], io, pinging(false)), 0);
    assert.match(io.out(), /^Ping: no answer\.$/m);
    assert.match(io.out(), /no ping: a scan that pings first would not find it/);
  });

  it('stopped: exit 1, and nothing is concluded', async () => {
    const abort = new AbortController();
    abort.abort(new Error('SIGINT'));
    const io = capturedIo({ signal: abort.signal });
    assert.equal(await test([at(RICOH), ...BRIEF], io, pinging(true)), 1);
    assert.equal(io.lines()[0]?.['cause'], 'aborted');
  });
});

describe('what is printed', () => {
  for (const locale of LOCALES) {
    it(`for people, a line for each try and then the cause: ${locale}`, async () => {
      const io = capturedIo({ locale });
      assert.equal(await test([at(RICOH), ...BRIEF.slice(0, -1)], io, pinging(true)), 0);
      const [ping, v2c, v1, gap, cause, cost] = io.out().split('\n');
      assert.match(ping ?? '', /^Ping\s?: .*1[.,]2\sms\.$/);
      assert.match(v2c ?? '', /^SNMP v2c, .* 1 .* 1\s?: /);
      assert.match(v1 ?? '', /^SNMP v1, /);
      assert.equal(gap, '');
      assert.match(cause ?? '', /ricoh/);
      assert.match(cost ?? '', /^\d+ /);
    });
  }

  it('for scripts: what it cost, as the device counts it', async () => {
    const before = { ...site.traffic(RICOH) };
    const io = capturedIo();
    await test([at(RICOH), ...BRIEF], io, pinging(true));
    const now = site.traffic(RICOH);
    const packets = now.received + now.sent - before.received - before.sent;
    // An echo and its reply besides.
    assert.equal(within(io.lines()[0], 'wire')['packets'], packets + 2);
    assert.deepEqual(within(io.lines()[0], 'ping'), { method: 'socket', state: 'answers', roundTrip: 1.23 });
    assert.deepEqual(within(io.lines()[0], 'driver'), { name: 'ricoh', generic: false });
  });
});

describe('wrong use of test', () => {
  const wrong: readonly (readonly [readonly string[], number, RegExp])[] = [
    [[], 2, /an address is missing/],
    [['127.0.0.1', '127.0.0.2'], 2, /one address at a time/],
    [['300.1.2.3'], 2, /300\.1\.2\.3/],
    [['127.0.0.1', '--retries', 'x'], 2, /--retries/],
    [['127.0.0.1', '--explain'], 2, /--explain/],
    [['nobody.test'], 4, /nobody\.test/],
  ];
  for (const [args, code, words] of wrong) {
    it(`${args.join(' ') || 'nothing'}: exit ${code} and a sentence`, async () => {
      const io = capturedIo();
      assert.equal(await test(args, io, { ...pinging(true), resolve: async () => [] }), code);
      assert.match(io.err(), words);
      assert.equal(io.out(), '');
    });
  }
});
