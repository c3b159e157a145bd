/** Whole messages: real packets with their names beside, those that must be refused with the reason, and chance. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  decodeRequest,
  decodeResponse,
  encodeRequest,
  encodeResponse,
  LONGEST_RESPONSE,
  type Request,
  type Response,
  type ResponseToEncode,
} from '../src/message.ts';
import { oid } from '../src/oid.ts';
import { fromHex, toHex } from './hex.ts';

const octets = (text: string) => ({ type: 'octets', value: fromHex(text) }) as const;

/** From Debian's snmpd 5.9.3, sysName "box". */
const RESPONSES: readonly [name: string, packet: string, ResponseToEncode][] = [
  [
    'v1 GET of sysName, sysServices, sysUpTime, sysObjectID',
    `3063 020100 0406 7075626c6963 a256 0204 12345678 020100 020100 3048
       300f 0608 2b06010201010500 0403 626f78
       300d 0608 2b06010201010700 0201 48
       300e 0608 2b06010201010300 4302 0087
       3016 0608 2b06010201010200 060a 2b06010401bf0803020a`,
    {
      version: 'v1',
      community: 'public',
      requestId: 0x12345678,
      errorStatus: 0,
      errorIndex: 0,
      varbinds: [
        { oid: oid('1.3.6.1.2.1.1.5.0'), value: octets('626f78') },
        { oid: oid('1.3.6.1.2.1.1.7.0'), value: { type: 'integer', value: 72 } },
        { oid: oid('1.3.6.1.2.1.1.3.0'), value: { type: 'timeTicks', value: 135 } },
        { oid: oid('1.3.6.1.2.1.1.2.0'), value: { type: 'oid', value: oid('1.3.6.1.4.1.8072.3.2.10') } },
      ],
    },
  ],
  [
    'v1 noSuchName: the second of two',
    `3037 020100 0406 7075626c6963 a22a 0204 12345678 020102 020102 301c
       300c 0608 2b06010201010500 0500
       300c 0608 2b06010201014d00 0500`,
    {
      version: 'v1',
      community: 'public',
      requestId: 0x12345678,
      errorStatus: 2,
      errorIndex: 2,
      varbinds: [
        { oid: oid('1.3.6.1.2.1.1.5.0'), value: { type: 'null' } },
        { oid: oid('1.3.6.1.2.1.1.77.0'), value: { type: 'null' } },
      ],
    },
  ],
  [
    'v2c GET with noSuchObject and noSuchInstance',
    `3048 020101 0406 7075626c6963 a23b 0204 12345678 020100 020100 302d
       300f 0608 2b06010201010500 0403 626f78
       300c 0608 2b06010201014d00 8000
       300c 0608 2b06010201010601 8100`,
    {
      version: 'v2c',
      community: 'public',
      requestId: 0x12345678,
      errorStatus: 0,
      errorIndex: 0,
      varbinds: [
        { oid: oid('1.3.6.1.2.1.1.5.0'), value: octets('626f78') },
        { oid: oid('1.3.6.1.2.1.1.77.0'), value: { type: 'noSuchObject' } },
        { oid: oid('1.3.6.1.2.1.1.6.1'), value: { type: 'noSuchInstance' } },
      ],
    },
  ],
  [
    'v2c GET of an interface: Counter32, Counter64, Gauge32, IpAddress',
    `306f 020101 0406 7075626c6963 a262 0204 12345678 020100 020100 3054
       3012 060a 2b060102010202010a01 4104 298afa6f
       3013 060b 2b060102011f0101010601 4604 298afa6f
       3012 060a 2b060102010202010501 4204 00989680
       3015 060d 2b06010201041401017f000001 4004 7f000001`,
    {
      version: 'v2c',
      community: 'public',
      requestId: 0x12345678,
      errorStatus: 0,
      errorIndex: 0,
      varbinds: [
        { oid: oid('1.3.6.1.2.1.2.2.1.10.1'), value: { type: 'counter32', value: 696_973_935 } },
        { oid: oid('1.3.6.1.2.1.31.1.1.1.6.1'), value: { type: 'counter64', value: 696_973_935n } },
        { oid: oid('1.3.6.1.2.1.2.2.1.5.1'), value: { type: 'gauge32', value: 10_000_000 } },
        { oid: oid('1.3.6.1.2.1.4.20.1.1.127.0.0.1'), value: { type: 'ipAddress', value: fromHex('7f000001') } },
      ],
    },
  ],
  [
    'v2c GETBULK at the end of the MIB',
    '3025 020101 0406 7075626c6963 a218 0204 12345678 020100 020100 300a 3008 0604 2b060107 8200',
    {
      version: 'v2c',
      community: 'public',
      requestId: 0x12345678,
      errorStatus: 0,
      errorIndex: 0,
      varbinds: [{ oid: oid('1.3.6.1.7'), value: { type: 'endOfMibView' } }],
    },
  ],
];

/** Not quite by the book, and read all the same. */
const TOLERATED: readonly [why: string, packet: string, varbinds: Response['varbinds']][] = [
  [
    'bytes after the message: an agent that sends its whole buffer',
    '301e 020101 0401 78 a216 0201 05 020100 020100 300b 3009 0604 2b060107 0201 05 0000000000',
    [{ oid: oid('1.3.6.1.7'), value: { type: 'integer', value: 5 } }],
  ],
  [
    'lengths in the long form throughout',
    '30 820028 020101 0401 78 a2 82001e 0201 05 020100 020100 30 820011 30 82000d 0604 2b060107 02 820003 000005',
    [{ oid: oid('1.3.6.1.7'), value: { type: 'integer', value: 5 } }],
  ],
  [
    'a value of an unknown type spoils only itself',
    '3027 020101 0401 78 a21f 0201 05 020100 020100 3014 3008 0604 2b060106 9f00 3008 0604 2b060107 0500',
    [
      { oid: oid('1.3.6.1.6'), value: 'unknownType' },
      { oid: oid('1.3.6.1.7'), value: { type: 'null' } },
    ],
  ],
  [
    'a value that runs out of its varbind spoils only itself',
    '3027 020101 0401 78 a21f 0201 05 020100 020100 3014 3008 0604 2b060106 0409 3008 0604 2b060107 0500',
    [
      { oid: oid('1.3.6.1.6'), value: 'unknownType' },
      { oid: oid('1.3.6.1.7'), value: { type: 'null' } },
    ],
  ],
  [
    'a varbind with a second value spoils only itself',
    '301f 020101 0401 78 a217 0201 05 020100 020100 300c 300a 0604 2b060106 0500 0500',
    [{ oid: oid('1.3.6.1.6'), value: 'unknownType' }],
  ],
  [
    'a name that is none spoils only its varbind',
    '3026 020101 0401 78 a21e 0201 05 020100 020100 3013 3007 0603 2b0680 0500 3008 0604 2b060107 0500',
    [
      { oid: null, value: { type: 'null' } },
      { oid: oid('1.3.6.1.7'), value: { type: 'null' } },
    ],
  ],
];

const REFUSED: readonly [why: string, problem: string, packet: string][] = [
  ['nothing', 'truncated', ''],
  ['one byte', 'truncated', '30'],
  ['no SEQUENCE', 'wrongTag', '0403 626f78'],
  ['an indefinite length', 'indefiniteLength', '3080 020101 0401 78 0000'],
  ['an indefinite length within', 'indefiniteLength', '3010 020101 0401 78 a280 0201 05 020100 0000'],
  ['a length of 127 octets', 'lengthTooLong', '30ff 020101'],
  ['a length of five octets', 'lengthTooLong', '30 850000000000'],
  ['a length of 4 GiB', 'truncated', '30 84ffffffff 020101'],
  ['a length whose octets are cut off', 'truncated', '30 8200'],
  [
    'more promised than sent',
    'truncated',
    '301e 020101 0401 78 a216 0201 05 020100 020100 300b 3009 0604 2b060107 0201',
  ],
  ['a tag of many bytes', 'longTag', '3f8101 03 020101'],
  ['SNMPv3', 'version', '3003 020103'],
  ['v2u, which nobody speaks', 'version', '3003 020102'],
  ['a version of 64 bits', 'integerTooLong', '300a 0208 7fffffffffffffff'],
  ['an empty version', 'integerEmpty', '3002 0200'],
  ['a community that is no OCTET STRING', 'wrongTag', '3008 020101 0201 78 a200'],
  ['no PDU', 'pduType', '3006 020101 0401 78'],
  ['a GET where a response is due', 'pduType', '3013 020101 0401 78 a00b 0201 05 020100 020100 3000'],
  ['a trap', 'pduType', '3013 020101 0401 78 a70b 0201 05 020100 020100 3000'],
  ['a report', 'pduType', '3013 020101 0401 78 a80b 0201 05 020100 020100 3000'],
  ['a request id that is no INTEGER', 'wrongTag', '3013 020101 0401 78 a20b 0401 05 020100 020100 3000'],
  ['a PDU longer than its message', 'truncated', '3013 020101 0401 78 a20c 0201 05 020100 020100 3000 00'],
  ['no varbind list', 'truncated', '3011 020101 0401 78 a209 0201 05 020100 020100'],
  ['a varbind list longer than its PDU', 'truncated', '3013 020101 0401 78 a20b 0201 05 020100 020100 3005'],
  ['a varbind that is no SEQUENCE', 'wrongTag', '3015 020101 0401 78 a20d 0201 05 020100 020100 3002 0500'],
  ['a varbind longer than its list', 'truncated', '3015 020101 0401 78 a20d 0201 05 020100 020100 3002 3009'],
  ['one byte left in the list', 'truncated', '3014 020101 0401 78 a20c 0201 05 020100 020100 3001 30'],
];

const REQUEST_REFUSED: readonly [why: string, problem: string, packet: string][] = [
  ['a SetRequest', 'pduType', '301e 020101 0401 78 a316 0201 05 020100 020100 300b 3009 0604 2b060107 0201 05'],
  ['a response', 'pduType', '3013 020101 0401 78 a20b 0201 05 020100 020100 3000'],
  ['GETBULK in v1', 'pduType', '3013 020100 0401 78 a50b 0201 05 020100 02010a 3000'],
  ['a name that is none', 'badName', '301c 020101 0401 78 a014 0201 05 020100 020100 3009 3007 0603 2b0680 0500'],
  ['a varbind without a name', 'wrongTag', '3017 020101 0401 78 a00f 0201 05 020100 020100 3004 3002 0500'],
  ['nothing', 'truncated', ''],
];

const anyName = fc
  .array(fc.integer({ min: 0, max: 0xffff_ffff }), { maxLength: 20 })
  .map((rest) => oid(['1.3', ...rest].join('.')));
const anyId = fc.integer({ min: -0x8000_0000, max: 0x7fff_ffff });
const anyRequest: fc.Arbitrary<Request> = fc
  .tuple(
    fc.constantFrom('get', 'getNext', 'getBulk'),
    fc.constantFrom('v1', 'v2c'),
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    anyId,
    fc.integer({ min: 0, max: 50 }),
    fc.array(anyName, { maxLength: 60 }),
  )
  .map(([pdu, version, community, requestId, count, oids]) => ({
    pdu,
    version: pdu === 'getBulk' ? 'v2c' : version,
    community: community.toWellFormed(),
    requestId,
    nonRepeaters: pdu === 'getBulk' ? count % 3 : 0,
    maxRepetitions: pdu === 'getBulk' ? count : 0,
    oids,
  }));

describe('messages', () => {
  for (const [name, packet, meaning] of RESPONSES) {
    it(`reads and writes: ${name}`, () => {
      assert.deepEqual(decodeResponse(fromHex(packet)), { ok: true, value: meaning });
      assert.equal(toHex(encodeResponse(meaning)), toHex(fromHex(packet)));
    });
  }

  for (const [why, packet, varbinds] of TOLERATED) {
    it(`reads ${why}`, () => {
      const response = decodeResponse(fromHex(packet));
      assert.deepEqual(response.ok ? response.value.varbinds : response.error, varbinds);
    });
  }

  for (const [why, problem, packet] of REFUSED) {
    it(`refuses as ${problem}: ${why}`, () => {
      const response = decodeResponse(fromHex(packet));
      assert.equal(response.ok ? 'read' : response.error.problem, problem);
    });
  }

  for (const [why, problem, packet] of REQUEST_REFUSED) {
    it(`an agent refuses as ${problem}: ${why}`, () => {
      const request = decodeRequest(fromHex(packet));
      assert.equal(request.ok ? 'read' : request.error.problem, problem);
    });
  }

  it('refuses every message that is cut anywhere', () => {
    let cuts = 0;
    for (const [, packet] of RESPONSES) {
      const whole = fromHex(packet);
      for (let length = 0; length < whole.length; length += 1, cuts += 1) {
        assert.equal(decodeResponse(whole.subarray(0, length)).ok, false, `${length} bytes of ${packet}`);
      }
    }
    assert.equal(cuts, 101 + 57 + 74 + 113 + 39);
  });

  it('refuses a message beyond every honest size', () => {
    const varbinds = [
      { oid: oid('1.3.6.1.7'), value: { type: 'octets', value: new Uint8Array(LONGEST_RESPONSE) } },
    ] as const;
    const head = { version: 'v2c', community: 'x', requestId: 5, errorStatus: 0, errorIndex: 0 } as const;
    const response = decodeResponse(encodeResponse({ ...head, varbinds }));
    assert.equal(response.ok ? 'read' : response.error.problem, 'tooLong');
  });

  it('asks as snmpget and snmpbulkget do', () => {
    const ask = {
      version: 'v2c',
      community: 'public',
      requestId: 0x12345678,
      oids: [oid('1.3.6.1.2.1.1.5.0')],
    } as const;
    const varbind = '300e 300c 0608 2b06010201010500 0500';
    assert.equal(
      toHex(encodeRequest({ ...ask, pdu: 'get', nonRepeaters: 0, maxRepetitions: 0 })),
      toHex(fromHex(`3029 020101 0406 7075626c6963 a01c 0204 12345678 020100 020100 ${varbind}`)),
    );
    assert.equal(
      toHex(encodeRequest({ ...ask, pdu: 'getBulk', nonRepeaters: 0, maxRepetitions: 10 })),
      toHex(fromHex(`3029 020101 0406 7075626c6963 a51c 0204 12345678 020100 02010a ${varbind}`)),
    );
  });

  it('carries requests to an agent as they were', () => {
    fc.assert(
      fc.property(anyRequest, (request) =>
        assert.deepEqual(decodeRequest(encodeRequest(request)), { ok: true, value: request }),
      ),
    );
  });

  it('never throws, whatever comes', () => {
    const reader = (bytes: Uint8Array) => {
      decodeResponse(bytes);
      decodeRequest(bytes);
    };
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), reader), { numRuns: 500 });
    // Honest packets with a few bytes changed reach deeper than chance alone.
    const packets = RESPONSES.map(([, packet]) => fromHex(packet));
    const change = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.constantFrom(...packets), fc.array(change, { minLength: 1, maxLength: 6 }), (packet, changes) => {
        const bytes = packet.slice();
        for (const [at, octet] of changes) bytes[at % bytes.length] = octet;
        reader(bytes);
      }),
      { numRuns: 2000 },
    );
  });
});
