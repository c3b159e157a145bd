/** Dell's printers, on engines of Lexmark, Fuji Xerox and Samsung, each with its maker's tables; the rest of PEN 674 are servers and switches. */
import { oid } from '@rsb/snmp/oid';
import { standardBlocks } from '../../blocks/standard-blocks.ts';
import { vendorCounts } from '../../blocks/vendor-counters.ts';
import type { DriverDefinition } from '../../definition.ts';
import { lexmarkCounters } from '../lexmark/counters.ts';
import { LEXMARK_DESCRIPTIONS, LEXMARK_DEVICE_ROWS, lexmarkDeviceId, lexmarkIdentity } from '../lexmark/identity.ts';
import { lexmarkSupplies } from '../lexmark/supplies.ts';
import { samsungCounters } from '../samsung/counters.ts';
import { SAMSUNG_DESCRIPTION, samsungIdentity } from '../samsung/identity.ts';
import { dellSerial, dellXeroxIdentity, serviceTag } from './identity.ts';

/** LEXMARK's tree under Dell's number. */
const ROOT = '1.3.6.1.4.1.674.10898.100';
const USAGE = '1.3.6.1.4.1.253.8.53.13.2.1.6';
const usage = (row: number, fills: 'all' | 'mono' | 'color', name: string) =>
  ({
    oid: USAGE,
    instance: `1.20.${row}`,
    fills: `counters.total.${fills}`,
    name,
    evidence: 'reported',
    source: 'XEROX-HOST-RESOURCES-EXT-MIB; which row is which by two projects',
  }) as const;

export const dell: DriverDefinition = {
  name: 'dell',
  version: 2,
  match: [
    { sysObjectId: oid('1.3.6.1.4.1.674.10898') },
    { sysDescr: /^Dell .*(?:\bLaser\b|\bMFP\b|\d[a-z]*[dc]n[wf]?;)/i },
  ],
  brands: [{ name: 'Dell', says: /\bdell\b/i }],
  blocks: [
    dellSerial,
    ...standardBlocks({
      identity: {
        // "Dell MFP Laser 3115cn; Net 9.26, Controller 200709110910, Engine …": the controller's is the machine's.
        sysDescrPatterns: [
          /^(?<model>[^;]+);.*\bController (?<firmware>[\w.]+)/,
          ...LEXMARK_DESCRIPTIONS,
          SAMSUNG_DESCRIPTION,
        ],
        deviceDescrPatterns: LEXMARK_DEVICE_ROWS,
        deviceIds: [lexmarkDeviceId(ROOT)],
        deviceIdsAtOnce: true,
      },
      // 1815dn, 3333dn and 5535dn copy by no word of their name; an f behind the number is a fax.
      kind: {
        mfp: /\bmfp\b|\b[a-z]?\d{3,4}[a-z]*f[a-z]*\b|\b(?:1815|2145|2155|2335|2355|3333|3335|5535)[a-z]+\b/i,
        rows: true,
      },
      supplies: { cartridge: 'toner' },
    }),
    lexmarkIdentity(ROOT, serviceTag),
    dellXeroxIdentity,
    samsungIdentity,
    ...lexmarkCounters(ROOT),
    vendorCounts('dellXeroxCounters', [
      { ...usage(1, 'all', 'Total Impressions'), sign: true },
      usage(34, 'mono', 'Black Impressions'),
      usage(33, 'color', 'Color Impressions'),
    ]),
    ...samsungCounters,
    lexmarkSupplies(ROOT),
  ],
  borrows: [
    { enterprise: 253, why: "machines on Fuji Xerox's engines have its tree" },
    { enterprise: 236, why: "machines on Samsung's engines have its tree" },
  ],
  verified: { captures: ['dell_3115cn', 'dell_s5830dn'] },
};
