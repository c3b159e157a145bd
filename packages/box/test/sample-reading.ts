/** A reading for tests of what the box does with one: only what a test names differs. */
import type { Identity, Reading } from '@rsb/contract';
import { UNKNOWN_IDENTITY } from '../src/service/identity-merge.ts';

export const countersOf = (life: number | null): NonNullable<Reading['counters']> => {
  const none = { all: null, mono: null, color: null };
  return {
    life,
    lifeUnit: life === null ? null : 'impressions',
    vendorLife: null,
    billing: life === null ? null : 'life',
    total: none,
    print: none,
    copy: none,
    fax: none,
    scan: none,
    duplex: null,
    largeFormat: null,
    other: [],
  };
};

export function sampleReading(
  address: string,
  who: Partial<Identity>,
  life: number | null = 100,
  more: Partial<Reading> = {},
): Reading {
  return {
    contract: 1,
    address,
    port: 161,
    unit: { hrDeviceIndex: 1 },
    takenAt: '2026-11-24T08:00:00Z',
    kind: 'printer',
    asked: ['identity', 'counters'],
    identity: { ...UNKNOWN_IDENTITY, manufacturer: 'Kyocera', model: 'FS-1370DN', ...who },
    counters: countersOf(life),
    driver: { name: 'kyocera', version: 1, generic: false },
    provenance: { 'counters.life': { oids: ['1.3.6.1.2.1.43.10.2.1.4.1.1'], how: 'value', evidence: 'mib' } },
    completeness: { state: 'complete', missing: [], reasons: {} },
    wire: { requests: 1, packets: 2, bytes: 400 },
    ...more,
  };
}
