/**
 * Brother's supplies: the standard table tells most of them by states only, the maintenance records in percent; and some
 * parts (fuser, laser, paper feeding kits) stand in the records alone.
 */
import type { Supply, SupplyType } from '@rsb/contract';
import { childOf } from '@rsb/snmp/oid';
import { integerOf } from '../../blocks/count.ts';
import { prtMarkerMarkTech } from '../../blocks/standard-objects.ts';
import { unitRow } from '../../blocks/unit-row.ts';
import type { Answers, Block } from '../../definition.ts';
import type { Draft } from '../../draft.ts';
import { brotherObject, scalar } from './objects.ts';
import { BROTHER_PARTS, type BrotherPart, type PartLevel, partLevelOf } from './parts.ts';
import { type BrotherRecords, recordsOf } from './records.ts';

const source = 'BROTHER-MIB; captures brother_dcp-9020cdw, brother_dcp-t735dw, brother_mfc-5490cn';
const where = { ...scalar, path: 'supplies' } as const;
const maintenanceObject = brotherObject(
  '5.8',
  'supplies',
  'brInfoMaintenance',
  'level of supplies in percent',
  source,
  where,
);
const nextCareObject = brotherObject('5.11', 'supplies', 'brInfoNextCare', 'pages left of drums', source, where);

export const brotherSupplies: Block = {
  name: 'brotherSupplies',
  asks: [maintenanceObject, nextCareObject, prtMarkerMarkTech],
  read(answers, draft) {
    const maintenance = recordsOf(answers.value(maintenanceObject.oid, '0'));
    const nextCare = recordsOf(answers.value(nextCareObject.oid, '0'));
    const mark = markType(answers, draft, maintenance);
    const told = BROTHER_PARTS.flatMap((part) => {
      const level = partLevelOf(part, maintenance, nextCare);
      return level === null ? [] : [{ part, level }];
    });
    // The standard type of a paper feeding kit is *other*.
    draft.supplies = draft.supplies.map((row) =>
      row.type === 'other' && /\bPF ?kit\b/i.test(row.description ?? '') ? { ...row, type: 'maintenance' } : row,
    );
    // Four drums of one color each, which the standard table may show as one row.
    if (told.filter(({ part }) => part.type === 'drum' && part.color !== null).length > 1)
      draft.supplies = draft.supplies.filter(({ type, color }) => type !== 'drum' || color !== null);
    const used = new Set<Supply>();
    for (const { part, level } of told) {
      const type = part.type === 'mark' ? mark : part.type;
      const standard = findStandard(
        draft.supplies.filter((row) => !used.has(row)),
        part,
        type,
      );
      const supply = standard === undefined ? newSupply(part, type, level) : betterOf(standard, type, level);
      used.add(supply);
      draft.supplies =
        standard === undefined
          ? [...draft.supplies, supply]
          : draft.supplies.map((row) => (row === standard ? supply : row));
      draft.provenanceOfLists.set(`supplies.${supply.index}`, {
        oids: [maintenanceObject, ...(level.from === 'pages' ? [nextCareObject] : [])].map(({ oid }) =>
          childOf(oid, '0'),
        ),
        how: level.from === 'pages' ? 'sum' : 'value',
        evidence: 'mib',
      });
    }
  },
};

/** A row that tells no level goes first: older machines list a cartridge twice. */
function findStandard(rows: readonly Supply[], part: BrotherPart, type: SupplyType): Supply | undefined {
  const { named } = part;
  const fits = rows.filter((row) =>
    named === undefined ? row.type === type && row.color === part.color : named.test(row.description ?? ''),
  );
  return fits.find(({ state }) => state === 'someRemaining') ?? fits[0];
}

/** The records win, except over pages that say the same more finely: their percent is rounded up from such pages. */
function betterOf(standard: Supply, type: SupplyType, told: PartLevel): Supply {
  const { percent, state, level, capacity } = told;
  if (percent === null) {
    // "Good" says no more than "some remaining".
    const news = standard.percent === null && (state === 'low' || state === 'empty');
    return { ...standard, type, state: news ? state : standard.state };
  }
  const pages = (standard.capacity ?? 0) > 100;
  if (pages && standard.percent !== null && Math.abs(standard.percent - percent) <= 1) return { ...standard, type };
  return { ...standard, type, percent, state, level, capacity, unit: unitOf(told) };
}

const newSupply = (part: BrotherPart, type: SupplyType, told: PartLevel): Supply => ({
  index: `5.8.${part.left[0]?.toString(16) ?? ''}`,
  type,
  color: part.color,
  description: part.name ?? null,
  partNumber: null,
  serialNumber: null,
  percent: told.percent,
  state: told.state,
  level: told.level,
  capacity: told.capacity,
  unit: unitOf(told),
});

const unitOf = ({ from, capacity }: PartLevel): string | null =>
  from === 'pages' ? 'impressions' : capacity === 100 ? 'percent' : null;

/** PrtMarkerMarkTechTC: 3 to 5 electrophotographic, 11 to 13 ink. */
const LASER = new Set([3, 4, 5]);
const INKJET = new Set([11, 12, 13]);
/** Drum, drum state, belt, fuser, laser unit, colored drum. */
const LASER_RECORDS = [0x41, 0x63, 0x69, 0x6a, 0x6b, 0x80];
const COLOR_RECORDS = [0x70, 0xa2, 0x82, 0x32];
/** J and T in front of the number are inkjets, and the older ones with three digits, or four from 3 to 6, and a C. */
const INKJET_MODEL = /^(?:DCP|MFC|HL)-(?:[JT]\d|\d{3}C|[3-6]\d{3}C)|^FAX-\d{4}C/i;

function markType(answers: Answers, draft: Draft, maintenance: BrotherRecords): 'toner' | 'ink' {
  const row = draft.supplies.find(({ type }) => type === 'toner' || type === 'ink');
  if (row?.type === 'toner' || row?.type === 'ink') return row.type;
  const instance = unitRow(answers, prtMarkerMarkTech.oid, draft.context);
  const technology = instance === undefined ? null : integerOf(answers.value(prtMarkerMarkTech.oid, instance));
  if (technology !== null && LASER.has(technology)) return 'toner';
  if (technology !== null && INKJET.has(technology)) return 'ink';
  if (LASER_RECORDS.some((id) => maintenance.has(id))) return 'toner';
  const model = draft.textOf('identity.model');
  if (model !== null) return INKJET_MODEL.test(model) ? 'ink' : 'toner';
  // No laser machine of several colors is without a record of its drums or belt.
  return COLOR_RECORDS.some((id) => maintenance.has(id)) ? 'ink' : 'toner';
}
