/** What a label printer counts: labels, and the length that went through it. Neither is a page. */
import { childOf, oid } from '@rsb/snmp/oid';
import { countOf } from '../../blocks/count.ts';
import { textAt } from '../../blocks/text.ts';
import type { AskedObject, Block } from '../../definition.ts';
import type { Source } from '../../draft.ts';

const odometer = (number: number, name: string, purpose: string, source: string): AskedObject => ({
  oid: oid(`1.3.6.1.4.1.10642.200.17.${number}`),
  name,
  purpose,
  part: 'counters',
  evidence: 'mib',
  source,
  instances: ['0'],
});
const userLabels = odometer(1, "labels since the user's reset", 'labels', 'ZQL MIB');
const totalLabels = odometer(2, 'total labels', 'labels', 'ZQL MIB');
const totalLength = odometer(3, 'total print length', 'printed length', 'ZQL MIB; capture zebra_zebranet-wired-ps');

const asTold = ({ oid, evidence }: AskedObject): Source => ({ oids: [childOf(oid, '0')], how: 'value', evidence });

export const zebraCounters: Block = {
  name: 'zebraOdometers',
  asks: [userLabels, totalLabels, totalLength],
  read(answers, draft) {
    for (const [object, name] of [
      [totalLabels, 'Labels'],
      [userLabels, 'Labels since the last reset'],
    ] as const) {
      const text = textAt(answers, object, '0');
      const digits = text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
      const value = countOf(answers.value(object.oid, '0')) ?? digits;
      if (value !== null) draft.other({ name, value, unit: 'count' }, asTold(object));
    }
    // "1920 INCHES, 4876 CENTIMETERS"
    const length = /(?<cm>\d{1,15}) CENTIMET/i.exec(textAt(answers, totalLength, '0') ?? '')?.groups?.['cm'];
    if (length === undefined) return;
    draft.other({ name: 'Printed length', value: Number(length), unit: 'centimetres' }, asTold(totalLength));
  },
};
