/** The hourly round: no machine waits for one that is slow, silent or hostile. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PARTS, type Reading } from '@rsb/contract';
import { silentLog } from '@rsb/runtime';
import type { ActiveRange } from '../src/service/active-ranges.ts';
import type { DeviceReader } from '../src/service/device-reader.ts';
import { type Asked, createPollRunner } from '../src/service/poll-runner.ts';
import type { DeviceRecord, Devices } from '../src/store/devices.ts';

type State = Reading['completeness'];
const COMPLETE: State = { state: 'complete', missing: [], reasons: {} };
const SLOW: State = { state: 'partial', missing: ['supplies'], reasons: { supplies: 'tookTooLong' } };
const SILENT: State = { state: 'unreachable', missing: [], reasons: {} };

const device = (place: number, completeness: State | null) =>
  ({
    id: `d${place}`,
    address: `127.0.0.${place}`,
    port: 161,
    monitored: true,
    displacedBy: null,
    completeness,
  }) as DeviceRecord;

/** Reads of devices in trouble never end; what was asked, in order. */
function roundOver(all: readonly DeviceRecord[], owing: readonly string[] = [], leftAlone: readonly string[] = []) {
  const asked: { readonly address: string; readonly parts: readonly string[] }[] = [];
  const reader: Pick<DeviceReader, 'read'> = {
    read({ address, parts }) {
      asked.push({ address, parts });
      const found = all.find((each) => each.address === address);
      return found?.completeness?.state === 'complete' ? Promise.resolve([]) : new Promise(() => {});
    },
  };
  const range = { addresses: { has: () => true } } as unknown as ActiveRange;
  const runner = createPollRunner({
    log: silentLog(),
    devices: { all: () => all } as Pick<Devices, 'all'> as Devices,
    ranges: () => [range],
    reader: reader as DeviceReader,
    reach: { isUnreached: () => false, round: () => ({ answered() {}, silent() {}, conclude() {} }) },
    owesCounters: (id) => owing.includes(id),
    isLeftAlone: (id) => leftAlone.includes(id),
    onStored: () => {},
    onEnded: () => {},
  });
  return { runner, asked };
}

const settled = async () => {
  for (let turn = 0; turn < 300; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
};

test('forty machines that never end their read, listed first, delay none of a hundred others', async () => {
  const trouble = Array.from({ length: 40 }, (_, place) => device(place + 1, place % 2 === 0 ? SLOW : SILENT));
  const well = Array.from({ length: 100 }, (_, place) => device(place + 101, COMPLETE));
  const { runner, asked } = roundOver([...trouble, ...well]);
  runner.start('both');
  await settled();
  const addresses = new Set(asked.map(({ address }) => address));
  assert.deepEqual(
    well.filter(({ address }) => !addresses.has(address)).map(({ address }) => address),
    [],
  );
  assert.equal(asked.length, 100 + 32, 'of the others as many as may be read side by side');
});

test('what a round asks, and of whom', async () => {
  const all = [device(1, COMPLETE), device(2, COMPLETE), device(3, COMPLETE)];
  const state = ['identity', 'supplies', 'status', 'alerts'];
  const cases: readonly (readonly [Asked, readonly (readonly string[])[]])[] = [
    ['both', [PARTS, PARTS]],
    [
      'counters',
      [
        ['identity', 'counters'],
        ['identity', 'counters'],
      ],
    ],
    ['state', [state, PARTS]],
    ['owed', [PARTS]],
  ];
  for (const [round, parts] of cases) {
    const { runner, asked } = roundOver(all, ['d2', 'd3'], ['d3']);
    runner.start(round);
    await settled();
    assert.deepEqual(
      asked.map((each) => each.parts),
      parts,
      round,
    );
  }
  assert.equal(cases.length, 4);
});
