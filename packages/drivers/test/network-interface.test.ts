/** The hardware address on machines whose tables lie: each case is what one captured family answers. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { answersOf } from '../src/answers.ts';
import { networkInterface } from '../src/blocks/network-interface.ts';
import { Draft } from '../src/draft.ts';
import { IF_MAC, IF_TYPE, IF_UP, IP_IF, varbinds } from './support/varbinds.ts';

interface Interface {
  readonly type?: number;
  readonly mac: string;
  readonly up?: number;
}

interface Case {
  readonly name: string;
  readonly interfaces: readonly Interface[];
  readonly addresses?: Readonly<Record<string, number>>;
  readonly address?: string;
  readonly mac: string | null;
}

const CASES: readonly Case[] = [
  { name: 'one Ethernet', interfaces: [{ type: 6, mac: '0017c8945f14', up: 1 }], mac: '00:17:c8:94:5f:14' },
  { name: 'Ethernet as ifType 7', interfaces: [{ type: 7, mac: '1c7d2265c850', up: 1 }], mac: '1c:7d:22:65:c8:50' },
  { name: 'a MAC and nothing else', interfaces: [{ mac: 'aabbccddeeff' }], mac: 'aa:bb:cc:dd:ee:ff' },
  {
    name: 'loopback first',
    interfaces: [
      { type: 24, mac: '', up: 1 },
      { type: 6, mac: '0021b743f581', up: 1 },
    ],
    addresses: { '127.0.0.1': 1, '172.18.66.50': 2 },
    address: '172.18.66.50',
    mac: '00:21:b7:43:f5:81',
  },
  {
    name: 'wired and wireless up, the address decides',
    interfaces: [
      { type: 6, mac: '5cfb3a0d7df0', up: 1 },
      { type: 6, mac: '14cb19952ea0', up: 1 },
    ],
    addresses: { '192.168.100.129': 2 },
    address: '192.168.100.129',
    mac: '14:cb:19:95:2e:a0',
  },
  {
    name: 'the same behind address translation',
    interfaces: [
      { type: 6, mac: '5cfb3a0d7df0', up: 1 },
      { type: 6, mac: '14cb19952ea0', up: 1 },
    ],
    addresses: { '127.0.0.1': 3, '192.168.100.129': 2 },
    address: '10.9.9.9',
    mac: '14:cb:19:95:2e:a0',
  },
  {
    name: 'the address is said to be on an interface that is down',
    interfaces: [
      { type: 7, mac: 'f8da0c2de3aa', up: 1 },
      { type: 7, mac: '3c2af410d278', up: 2 },
    ],
    addresses: { '192.168.0.104': 2 },
    address: '192.168.0.104',
    mac: 'f8:da:0c:2d:e3:aa',
  },
  {
    name: 'the address is said to be on the loopback, and the first MAC is zero',
    interfaces: [
      { type: 24, mac: '', up: 2 },
      { type: 6, mac: '000000000000', up: 2 },
      { type: 6, mac: '00074d6bc2a8', up: 1 },
    ],
    addresses: { '10.180.116.29': 1 },
    address: '10.180.116.29',
    mac: '00:07:4d:6b:c2:a8',
  },
  {
    name: 'all down, the address decides',
    interfaces: [
      { type: 6, mac: '0017c865e2b9', up: 2 },
      { type: 6, mac: '0017c860e088', up: 2 },
    ],
    addresses: { '10.0.0.2': 2 },
    address: '10.0.0.2',
    mac: '00:17:c8:60:e0:88',
  },
  {
    name: 'Wi-Fi Direct before the wired interface',
    interfaces: [
      { type: 6, mac: '9eb6d0112233', up: 1 },
      { type: 6, mac: '9cb6d0112233', up: 1 },
    ],
    mac: '9c:b6:d0:11:22:33',
  },
  {
    name: 'Wi-Fi Direct owns the only address that is told, the wired interface is down',
    interfaces: [
      { type: 6, mac: '9eb6d0112233', up: 1 },
      { type: 6, mac: '9cb6d0112233', up: 2 },
    ],
    addresses: { '192.168.223.1': 1 },
    address: '10.0.0.9',
    mac: '9c:b6:d0:11:22:33',
  },
  {
    name: 'Wi-Fi Direct where it was asked',
    interfaces: [
      { type: 6, mac: '9eb6d0112233', up: 1 },
      { type: 6, mac: '9cb6d0112233', up: 1 },
    ],
    addresses: { '192.168.223.1': 1 },
    address: '192.168.223.1',
    mac: '9e:b6:d0:11:22:33',
  },
  { name: 'no address but its own', interfaces: [{ mac: '9eb6d0112233', up: 1 }], mac: '9e:b6:d0:11:22:33' },
  { name: 'a loopback with a MAC', interfaces: [{ type: 24, mac: '0017c865e2b9', up: 1 }], mac: null },
  { name: 'a multicast address is none', interfaces: [{ type: 6, mac: 'ffffffffffff', up: 1 }], mac: null },
  { name: 'no interface', interfaces: [], mac: null },
];

test('the interface that was asked', async (t) => {
  for (const { name, interfaces, addresses = {}, address = '127.0.0.1', mac } of CASES) {
    await t.test(name, () => {
      const rows = interfaces.flatMap(({ type, mac: hex, up }, index) => [
        ...(type === undefined ? [] : [[`${IF_TYPE}.${index + 1}`, type] as const]),
        [`${IF_MAC}.${index + 1}`, { hex }] as const,
        ...(up === undefined ? [] : [[`${IF_UP}.${index + 1}`, up] as const]),
      ]);
      const owners = Object.entries(addresses).map(([ip, index]) => [`${IP_IF}.${ip}`, index] as const);
      const draft = new Draft({ unit: 1, alone: true, address, ownBrands: [], allBrands: [] });
      networkInterface.read(answersOf(varbinds(...rows, ...owners)), draft);
      assert.equal(draft.textOf('identity.macAddress'), mac);
    });
  }
});
