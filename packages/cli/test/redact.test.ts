/** Redaction: the same text is the same other text everywhere, of the same shape, and what is not private stays. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { disguiseBy } from '@rsb/box/capture/disguise';
import type { PrivateTexts } from '@rsb/box/capture/private-texts';
import { redact } from '@rsb/box/capture/redact';
import { encodeSnmprec } from '@rsb/box/capture/snmprec';
import { seededRandom } from '@rsb/runtime';
import { oid, type SnmpValue, type Varbind } from '@rsb/snmp';
import fc from 'fast-check';

const key = seededRandom(7).bytes(32);
const disguise = disguiseBy(key);

const SERIAL = oid('1.3.6.1.2.1.43.5.1.1.17');
const HOST = oid('1.3.6.1.2.1.1.5');
const OTHER = oid('1.3.6.1.2.1.1.1');
const MAC = Buffer.from('0026737AB66E', 'hex');
const found: PrivateTexts = {
  serialObjects: [SERIAL],
  nameObjects: [HOST],
  serials: new Set(['W492KB03439']),
  names: new Set(['copier.example.net', 'Room']),
  macs: [MAC],
  addresses: new Set(['10.20.30.40', '200.1.2.3']),
  open: ['mp c3003', '10.1.2.3', 'ricoh'],
};

const bytes = (text: string): SnmpValue => ({ type: 'octets', value: Buffer.from(text, 'latin1') });

function redacted(text: string, object = OTHER): string {
  const [varbind] = redact([{ oid: oid(`${object}.0`), value: bytes(text) }], found, key);
  assert.ok(varbind?.value.type === 'octets');
  return Buffer.from(varbind.value.value).toString('latin1');
}

const serial = redacted('W492KB03439', SERIAL);
const host = redacted('copier.example.net', HOST);
const [label = '', domain = ''] = [host.slice(0, 6), host.slice(7)];
const mac = Buffer.from(disguise.mac(MAC)).toString('hex');

describe('where a private text stands', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    [
      'a serial number in an IEEE 1284 id',
      'MFG:Ricoh;SN:W492KB03439;CLS:PRINTER;',
      `MFG:Ricoh;SN:${serial};CLS:PRINTER;`,
    ],
    ['in other letters', 'sn w492kb03439', `sn ${serial.toLowerCase()}`],
    ['a full host name', 'at copier.example.net', `at ${host}`],
    ['its short form', 'name=copier;', `name=${label};`],
    ['its domain', 'www.example.net', `www.${domain}`],
    ['a hardware address', '00:26:73:7a:b6:6e', mac.replace(/(..)(?!$)/g, '$1:')],
    ['one in capitals without colons', 'RNP0026737AB66E', `RNP${mac.toUpperCase()}`],
    ['its last half', 'RNP7AB66E', `RNP${mac.slice(6).toUpperCase()}`],
    [
      'one as octets in a record',
      '\x01\x06\x00\x26\x73\x7a\xb6\x6e\x02',
      `\x01\x06${Buffer.from(mac, 'hex').toString('latin1')}\x02`,
    ],
    ['an address', 'http://10.20.30.40/', `http://${disguise.ipv4('10.20.30.40')}/`],
    ['another address', 'ntp 192.168.7.9', `ntp ${disguise.ipv4('192.168.7.9')}`],
    ['a mail address', 'mail bob@example.org', `mail ${disguise.text('bob@example.org')}`],
  ];
  for (const [what, text, wanted] of cases) {
    it(what, () => {
      assert.equal(redacted(text), wanted);
      assert.notEqual(redacted(text), text);
    });
  }
});

describe('what stays', () => {
  for (const [what, text, object] of [
    ['a model', 'RICOH MP C3003 1.09 / RICOH Network Printer C model', OTHER],
    ['a version like an address', 'Firmware 10.1.2.3', OTHER],
    ['a version with a letter', 'V4.1.2.3', OTHER],
    ['a version of five numbers', '1.2.3.4.5', OTHER],
    ['a word that begins like a name', 'Roomy tray, Mushroom', OTHER],
    ['a mask', '255.255.255.0', OTHER],
    ['a counterfeit serial number', '00000000', SERIAL],
    ['a placeholder', 'XXXXXXXX', SERIAL],
    ['nothing', '', HOST],
  ] as const) {
    it(what, () => assert.equal(redacted(text, object), text));
  }

  it('numbers, counters and object identifiers', () => {
    const values: readonly SnmpValue[] = [
      { type: 'integer', value: -3 },
      { type: 'counter32', value: 4294967295 },
      { type: 'counter64', value: 2n ** 63n },
      { type: 'oid', value: oid('1.3.6.1.4.1.367.1.1') },
    ];
    const varbinds = values.map((value, index): Varbind => ({ oid: oid(`1.3.6.1.4.1.367.${index}`), value }));
    assert.deepEqual(redact(varbinds, found, key), varbinds);
  });
});

it('addresses change in the names of objects too, as they do in texts', () => {
  const column = '1.3.6.1.2.1.4.20.1.2';
  const rows = ['10.20.30.40', '127.0.0.1'].map(
    (address): Varbind => ({
      oid: oid(`${column}.${address}`),
      value: { type: 'integer', value: 1 },
    }),
  );
  assert.deepEqual(
    redact(rows, found, key).map((row) => row.oid),
    [`${column}.${disguise.ipv4('10.20.30.40')}`, `${column}.127.0.0.1`],
  );
});

describe('a text becomes another of its shape', () => {
  const shape = (text: string) =>
    text.replace(/[1-9]/g, '9').replace(/[a-z]/g, 'a').replace(/[A-Z]/g, 'A').replace(/0/g, '9');

  it('whatever it is made of', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'aZ09 .-_/é'), maxLength: 40 }), (text) => {
        const octets = Buffer.from(text).toString('latin1');
        const other = disguise.text(octets);
        assert.equal(other.length, octets.length);
        assert.equal(other, disguise.text(octets), 'always the same');
        const ascii = (one: string) => shape(one.replace(/[\x80-\xff]/g, '\x80'));
        assert.equal(ascii(other), ascii(octets));
        assert.doesNotThrow(() => new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(other, 'latin1')));
      }),
    );
  });

  it('two texts never become one', () => {
    const serials = Array.from({ length: 2000 }, (_, index) => `Q66390${String(index).padStart(4, '0')}`);
    assert.equal(new Set(serials.map((text) => disguise.text(text))).size, serials.length);
  });

  it('in every alphabet', () => {
    for (const text of ['Büro Müller', '東京オフィス', 'Бухгалтерия', '🏢 4']) {
      const other = Buffer.from(disguise.text(Buffer.from(text).toString('latin1')), 'latin1').toString();
      assert.equal(Buffer.byteLength(other), Buffer.byteLength(text));
      const kept = [...text].filter((letter, index) => /\p{L}/u.test(letter) && [...other][index] === letter);
      assert.ok(kept.length <= 1, `${text} became ${other}`);
      assert.ok(!other.includes('\ufffd'), other);
    }
  });

  it('addresses keep the digits of each number', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const other = disguise.ipv4(address);
        assert.deepEqual(
          other.split('.').map(({ length }) => length),
          address.split('.').map(({ length }) => length),
        );
        assert.ok(other.split('.').every((part) => Number(part) < 256));
      }),
    );
  });
});

it('a capture is written in the order of names, text as text and anything else in hex', () => {
  const line = (name: string, value: SnmpValue): Varbind => ({ oid: oid(name), value });
  const varbinds = [
    line('1.3.10', bytes('plain | text')),
    line('1.3.9', bytes('end ')),
    line('1.3.2', bytes('\x00\xff')),
    line('1.3.11', { type: 'noSuchInstance' }),
    line('1.3.10', bytes('again')),
    line('1.3.3', { type: 'ipAddress', value: Uint8Array.of(10, 0, 0, 1) }),
    line('1.3.4', { type: 'timeTicks', value: 5 }),
  ];
  assert.equal(
    encodeSnmprec(varbinds),
    '1.3.2|4x|00ff\n1.3.3|64|10.0.0.1\n1.3.4|67|5\n1.3.9|4x|656e6420\n1.3.10|4|plain | text\n',
  );
});
