/** `rsb read` as a person and as a script see it. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { LOCALES, m } from '@rsb/messages';
import { type Mib, seedSite, startSite } from '@rsb/simulator';
import { read } from '../src/read.ts';
import { capturedIo, within } from './captured-io.ts';

const [seed] = seedSite();
assert.ok(seed);
const value = (text: string) => ({ type: 'octets', value: Buffer.from(text) }) as const;
/** Has the same value for whatever it is asked. */
const decoy: Mib = { get: () => value('Office printer 500'), next: (name) => ({ oid: name, value: value('1') }) };
/** A printer whose agent puts a number in the place of each object that it does not have. */
const fills: Mib = {
  get: (name) => seed.mib.get(name) ?? { type: 'integer', value: 4711 },
  next: (name) => seed.mib.next(name),
};
const LIARS = { 'a decoy': '127.0.45.1', 'an agent that fills its gaps': '127.0.45.2' };
const site = await startSite({
  machines: [
    ...seedSite(),
    { address: LIARS['a decoy'], name: 'decoy', mib: decoy },
    { address: LIARS['an agent that fills its gaps'], name: 'fills', mib: fills },
  ],
  port: 0,
});
after(() => site.close());
const RICOH = `127.0.10.9:${site.port}`;
const BRIEF = ['--timeout', '200ms', '--retries', '0'];

/** A name service of one name; nothing else is ever looked up. */
const resolve = async (name: string) => (name === 'copier.test' ? ['127.0.10.9'] : []);

describe('read', () => {
  for (const locale of LOCALES) {
    it(`tells people the numbers in their language: ${locale}`, async () => {
      const io = capturedIo({ locale });
      assert.equal(await read([RICOH], io), 0);
      const separated = new Intl.NumberFormat(locale).format(50_408);
      assert.ok(io.out().includes(separated), separated);
      assert.match(io.out(), /^Ricoh Aficio MP C2050 {2}\(Multif/);
      assert.match(io.out(), /V2284701060/);
      assert.equal(io.err(), '');
    });
  }

  for (const [what, address] of Object.entries(LIARS)) {
    it(`believes nothing of ${what}, and says why`, async () => {
      const io = capturedIo();
      assert.equal(await read([`${address}:${site.port}`, '--json', ...BRIEF], io), 3);
      const [line, ...more] = io.lines();
      assert.equal(more.length, 0);
      const { completeness, counters, identity, driver, wire } = line ?? {};
      assert.deepEqual([counters, identity, driver], [undefined, undefined, null]);
      assert.equal((completeness as { reasons: Record<string, string> }).reasons['counters'], 'answersAnything');
      assert.ok((wire as { packets: number }).packets <= 6);
      assert.match(io.err(), /has a value for everything/);
    });
  }

  it('says states, supplies and alerts in words, with the machine’s own beside them', async () => {
    const io = capturedIo();
    assert.equal(await read([RICOH], io), 0);
    assert.match(io.out(), /^ {2}State +Ready, Toner empty$/m);
    assert.match(io.out(), /Waste container: 81.% full/);
    assert.match(io.out(), /Critical: Toner empty, .*“Magenta Toner is empty/);
    assert.doesNotMatch(io.out(), /noToner|markerTonerEmpty|markerSupplies|\bnotTold\b/);
  });

  it('--polls gives so many further readings that say the same', async () => {
    const io = capturedIo();
    assert.equal(await read([RICOH, '--json', '--polls', '2', '--rate', '0'], io), 0);
    const [first, ...polls] = io.lines().map(({ takenAt: _at, wire: _wire, ...rest }) => rest);
    assert.equal(polls.length, 2);
    for (const poll of polls) assert.deepEqual(poll, first);
    const costs = io.lines().map(({ wire }) => (wire as { bytes: number }).bytes);
    assert.ok((costs[1] ?? 0) < (costs[0] ?? 0), costs.join(' '));
  });

  it('--explain tells where each value comes from and what proves it', async () => {
    const io = capturedIo();
    assert.equal(await read([RICOH, '--explain'], io), 0);
    const rows = io.out().split('\n');
    const row = (name: string) => rows.find((line) => line.startsWith(`${name}  `)) ?? '';
    assert.match(
      row('Print, mono'),
      /11,720 +put together from 2 objects +the MIB +mono \+ colour = all +1\.3\.6\.1\.4\.1\.367\.[\d. ]+$/,
    );
    assert.match(row('Supplies 1.4'), /Magenta toner: 0.% \(empty\)/);
    assert.match(
      io.out(),
      /^Life count, standard +50,408 +the value as told .* 1\.3\.6\.1\.2\.1\.43\.10\.2\.1\.4\.1\.1$/m,
    );
    assert.match(io.out(), /^State +Toner empty +the value as told /m);
    assert.ok(rows.every((line) => !line.includes('[object')));
  });

  it('--explain tells what was told and not used, and why', async () => {
    const io = capturedIo();
    assert.equal(await read([RICOH, '--explain'], io), 0);
    const [, unused = ''] = io.out().split(/^Not used /m);
    assert.match(unused, /^ +Value +Object +Why$/m);
    const again = /^Serial no\. +V2284701060 +1\.3\.6\.1\.2\.1\.43\.5\.1\.1\.17\.1 +says the same$/m;
    assert.match(unused, again);
    assert.match(unused, /^Model .* is used instead, from 1\.3\.6\.1\.[\d.]+$/m);
  });

  for (const locale of LOCALES) {
    it(`names no part of a reading as the contract writes it: ${locale}`, async () => {
      const io = capturedIo({ locale });
      assert.equal(await read([RICOH, '--explain'], io), 0);
      const raw =
        /\b(identity|counters|supplies|alerts|status|completeness)\.\w|\b(mfp|sum|join|mib|reported)\b|serialNumber/;
      assert.doesNotMatch(io.out().replaceAll(m.origin_sum({ count: 4 }, { locale }), ''), raw);
    });
  }

  it('takes a name, by the resolver that it is given', async () => {
    const io = capturedIo();
    assert.equal(await read([`copier.test:${site.port}`, '--json'], io, resolve), 0);
    assert.equal(io.lines()[0]?.['address'], '127.0.10.9');
  });

  it('a name without an address: exit 4 and a sentence', async () => {
    const io = capturedIo();
    assert.equal(await read(['nobody.test'], io, resolve), 4);
    assert.match(io.err(), /nobody\.test/);
  });

  it('the port of the address goes before --port', async () => {
    const io = capturedIo();
    assert.equal(await read([RICOH, '--port', '9', '--json'], io), 0);
    assert.equal(io.lines()[0]?.['port'], site.port);
  });

  it('refused: exit 4, with the reason in words and a line', async () => {
    site.misbehave('127.0.10.9', [{ kind: 'genErr' }]);
    const io = capturedIo();
    const code = await read([RICOH, '--json'], io);
    site.misbehave('127.0.10.9', []);
    assert.equal(code, 4);
    assert.match(io.err(), /127\.0\.10\.9: The machine refused/);
    assert.equal(within(io.lines()[0], 'completeness')['state'], 'refused');
  });

  it('silent: exit 4, a line, and what it may be, never the community itself', async () => {
    const io = capturedIo();
    assert.equal(await read([RICOH, '--json', '--community', 'hush-hush', ...BRIEF], io), 4);
    assert.match(io.err(), /does not answer.*another community/);
    assert.doesNotMatch(io.err() + io.out(), /hush/);
    assert.equal(within(io.lines()[0], 'completeness')['state'], 'unreachable');
  });
});

describe('wrong use of read', () => {
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /an address is missing/],
    [['127.0.0.1', '127.0.0.2'], /one address at a time/],
    [['300.1.2.3'], /“300\.1\.2\.3” is no address/],
    [['10.1'], /10\.1/],
    [['[127.0.0.1]:161'], /\[127/],
    [['[fd00::1'], /\[fd00/],
    [['fd00::1::2'], /fd00/],
    [['127.0.0.1:'], /port/],
    [['127.0.0.1:99999'], /“127\.0\.0\.1:99999” names no port/],
    [['-h5'], /h/],
    [['printer name'], /printer name/],
    [['127.0.0.1', '--polls', 'many'], /--polls many/],
  ];
  for (const [args, words] of cases) {
    it(`${args.join(' ') || 'nothing'}: exit 2 and a sentence`, async () => {
      const io = capturedIo();
      assert.equal(await read(args, io, resolve), 2);
      assert.match(io.err(), words);
      assert.equal(io.out(), '');
    });
  }
});
