/** Keys and digests by the vectors that standards print, and ciphers by what they say of them. */
import assert from 'node:assert/strict';
import { createCipheriv } from 'node:crypto';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';
import { type AuthProtocol, type PrivacyProtocol, usmKey } from '../src/index.ts';
import { DIGEST_BYTES, digestOf, isSigned } from '../src/usm/auth.ts';
import { localizedKey, localizedPrivacyKey } from '../src/usm/key.ts';
import { decrypt, encrypt, Salts } from '../src/usm/privacy.ts';
import { fromHex, toHex } from './hex.ts';
import { agentOn, engineFacing, NAME, saidBy, user } from './usm-device.ts';

/** RFC 3414 A.3. */
const ENGINE = fromHex('000000000000000000000002');

const VECTORS: readonly [source: string, AuthProtocol, passphrase: string, ku: string | null, kul: string][] = [
  ['RFC 3414 A.3.1', 'md5', 'maplesyrup', '9faf3283884e92834ebc9847d8edd963', '526f5eed9fcce26f8964c2930787d82b'],
  [
    'RFC 3414 A.3.2',
    'sha1',
    'maplesyrup',
    '9fb5cc0381497b3793528939ff788d5d79145211',
    '6695febc9288e36282235fc7151f128497b38f3f',
  ],
  ['RFC 3414 A.5.1, keyNew', 'md5', 'newsyrup', null, '87021d7bd9d101ba05ea6e3bf9d9bd4a'],
  ['RFC 3414 A.5.2, keyNew', 'sha1', 'newsyrup', null, '78e2dcce79d59403b58c1bbaa5bff46391f1cd25'],
  // RFC 7860 prints none; Debian's snmpd holds the same keys.
  [
    'SHA-224',
    'sha224',
    'maplesyrup',
    '282a5867ee9aac639ad59df9572c7d3ac0fbc13a905b6df07dbbf00b',
    '0bd8827c6e29f8065e08e09237f177e410f69b90e1782be682075674',
  ],
  [
    'SHA-256',
    'sha256',
    'maplesyrup',
    'ab51014d1e077f6017df2b12bee5f5aa72993177e9bb569c4dff5a4ca0b4afac',
    '8982e0e549e866db361a6b625d84cccc11162d453ee8ce3a6445c2d6776f0f8b',
  ],
  [
    'SHA-384',
    'sha384',
    'maplesyrup',
    'e06eccdf2c68a06ed034723c9c26e0db3b669e1e2efed49150b55377a2e98f383c86fb836857444654b287c93f51ff64',
    '3b298f16164a11184279d5432bf169e2d2a48307de02b3d3f7e2b4f36eb6f0455a53689a3937eea07319a633d2ccba78',
  ],
  [
    'SHA-512',
    'sha512',
    'maplesyrup',
    '7e4396de5aadc77be853819b98c9406265b3a9c37cc3176569847a4e4f6fba63dd3a73d04924d31a63f95a601f9385af6be4ed1b37f87d040f7c6ed6f8d38a91',
    '22a5a36cedfcc085807a128d7bc6c2382167ad6c0dbc5fdff856740f3d84c099ad1ea87a8db096714d9788bd544047c9021e4229ce27e4c0a69250adfcffbb0b',
  ],
];

/** RFC 7860 §4.2 and RFC 3414 §6.1, §7.1. */
const TRUNCATIONS: readonly [AuthProtocol, number][] = [
  ['md5', 12],
  ['sha1', 12],
  ['sha224', 16],
  ['sha256', 24],
  ['sha384', 32],
  ['sha512', 48],
];

const SHA1_KUL = '6695febc9288e36282235fc7151f128497b38f3f';
const EXTENDED: readonly [PrivacyProtocol, key: string][] = [
  ['des', '6695febc9288e36282235fc7151f1284'],
  ['aes128', '6695febc9288e36282235fc7151f1284'],
  ['aes192', `${SHA1_KUL}505e07eb`],
  ['aes256', `${SHA1_KUL}505e07eb9af25568fa1f5dbe`],
  ['aes192c', `${SHA1_KUL}9b8b6d78`],
  ['aes256c', `${SHA1_KUL}9b8b6d78936ba6e7d19dfd9c`],
];

const bytesOf = (secret: { reveal(): string }) => fromHex(secret.reveal());

describe('keys of SNMPv3 users', () => {
  for (const [source, protocol, passphrase, ku, kul] of VECTORS) {
    it(`${source}: ${protocol} of "${passphrase}"`, () => {
      const key = bytesOf(usmKey(protocol, passphrase));
      if (ku !== null) assert.equal(toHex(key), ku);
      assert.equal(toHex(localizedKey(protocol, key, ENGINE)), kul);
    });
  }

  for (const [privacy, key] of EXTENDED) {
    it(`${privacy} takes ${key.length / 2} octets of it`, () => {
      assert.equal(toHex(localizedPrivacyKey(privacy, 'sha1', bytesOf(usmKey('sha1', 'maplesyrup')), ENGINE)), key);
    });
  }

  it('are the same in both dialects where the hash is long enough', () => {
    const key = bytesOf(usmKey('sha256', 'maplesyrup'));
    assert.deepEqual(
      localizedPrivacyKey('aes256', 'sha256', key, ENGINE),
      localizedPrivacyKey('aes256c', 'sha256', key, ENGINE),
    );
  });

  it('need no characters of ASCII, and no eight of them', () => {
    assert.notEqual(usmKey('sha1', 'Schlüssel für Süd').reveal(), usmKey('sha1', 'Schlussel fur Sud').reveal());
    assert.match(usmKey('sha1', '').reveal(), /^[0-9a-f]{40}$/);
  });

  it('are printed nowhere', async () => {
    const credential = user('sealing', 'sha256', 'aes128');
    let agent: ReturnType<typeof agentOn> | undefined;
    const { engine, target } = engineFacing((bytes, clock) => {
      agent ??= agentOn(clock);
      return saidBy(agent, bytes);
    });
    const got = await engine.get(target(credential), [NAME]);
    assert.equal(got.failure, null);
    const printed = inspect([engine, agent, credential, got], { depth: 20, showHidden: true });
    assert.ok(agent);
    for (const protocol of [credential.auth, credential.privacy]) {
      assert.ok(protocol);
      const key = protocol.key.reveal();
      for (const text of [key, toHex(localizedKey('sha256', fromHex(key), fromHex('80001f8880a3b1c2d300000000')))]) {
        assert.ok(!printed.replaceAll(/[\s,]/g, '').includes(text), 'a key was printed');
      }
    }
    assert.ok(!JSON.stringify(credential).includes(credential.auth?.key.reveal() ?? ''));
    await engine.close();
  });
});

describe('digests of messages', () => {
  for (const [protocol, octets] of TRUNCATIONS) {
    it(`${protocol}: ${octets} octets, held against the whole message`, () => {
      assert.equal(DIGEST_BYTES[protocol], octets);
      const key = fromHex('0b'.repeat(20));
      const message = new Uint8Array(200).fill(7);
      message.set(digestOf(protocol, key, message, 50), 50);
      assert.ok(isSigned(protocol, key, message, 50, 50 + octets));
      assert.ok(!isSigned(protocol, key, message, 50, 50 + octets - 1));
      assert.ok(!isSigned(protocol, key, message, 50, 50));
      for (const at of [0, 49, 50, 50 + octets - 1, 50 + octets, 199]) {
        const changed = message.with(at, 8);
        assert.ok(!isSigned(protocol, key, changed, 50, 50 + octets), `octet ${at}`);
      }
    });
  }
});

describe('ciphers', () => {
  const key = fromHex('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f');
  const clock = { boots: 0x01020304, time: 0x0a0b0c0d };
  const salt = fromHex('1112131415161718');
  const plain = new TextEncoder().encode('thirty-one octets are no blocks');

  it('AES: boots, time and salt are the vector (RFC 3826 §3.1.2.1), and nothing is padded', () => {
    const sealed = encrypt('aes128', key.subarray(0, 16), clock, salt, plain);
    const iv = fromHex('01020304 0a0b0c0d 1112131415161718');
    assert.deepEqual(toHex(sealed), toHex(createCipheriv('aes-128-cfb', key.subarray(0, 16), iv).update(plain)));
    assert.equal(sealed.length, plain.length);
  });

  it('DES: salt and pre-IV are the vector (RFC 3414 §8.1.1.1), and blocks of eight are filled', () => {
    const sealed = encrypt('des', key.subarray(0, 16), clock, salt, plain);
    assert.equal(sealed.length, 32);
    // 08…0f of the key against 11…18 of the salt.
    const iv = fromHex('191b191f191b1917');
    const single = key.subarray(0, 8);
    const triple = createCipheriv('des-ede3-cbc', Buffer.concat([single, single, single]), iv).setAutoPadding(false);
    assert.equal(toHex(sealed), toHex(triple.update(Buffer.concat([plain, new Uint8Array(1)]))));
  });

  for (const [protocol, length] of [
    ['des', 16],
    ['aes128', 16],
    ['aes192', 24],
    ['aes256', 32],
    ['aes192c', 24],
    ['aes256c', 32],
  ] as const) {
    it(`${protocol}: what was sealed is opened, and with another salt is not`, () => {
      const own = key.subarray(0, length);
      const sealed = encrypt(protocol, own, clock, salt, plain);
      const opened = decrypt(protocol, own, clock, salt, sealed);
      assert.ok(opened);
      assert.equal(toHex(opened.subarray(0, plain.length)), toHex(plain));
      const other = decrypt(protocol, own, clock, salt.with(0, 0), sealed);
      assert.notEqual(other && toHex(other.subarray(0, plain.length)), toHex(plain));
      assert.equal(decrypt(protocol, own, clock, salt.subarray(1), sealed), undefined);
    });
  }

  it('DES takes whole blocks only', () => {
    assert.equal(decrypt('des', key.subarray(0, 16), clock, salt, new Uint8Array(15)), undefined);
  });

  it('salts do not repeat, also where their counter ends', () => {
    const salts = new Salts(fromHex('00000001 fffffffe'));
    assert.deepEqual(
      [1, 2, 3].map(() => toHex(salts.next('aes128', 9))),
      ['00000001ffffffff', '0000000200000000', '0000000200000001'],
    );
    assert.equal(toHex(salts.next('des', 9)), '0000000900000002');
  });
});
