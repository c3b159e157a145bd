/** Who the machine is, by the standard objects: brand, model, serial number, firmware, host name, location. */
import type { Oid } from '@rsb/snmp';
import { childOf } from '@rsb/snmp/oid';
import type { Answers, AskedObject, Block } from '../definition.ts';
import type { Draft, Source, TextPath } from '../draft.ts';
import { chooseBrand } from './brand-name.ts';
import { findDeviceId } from './device-id.ts';
import { cleanModel } from './model-name.ts';
import { cleanSerial } from './serial-number.ts';
import * as standard from './standard-objects.ts';
import { textAt } from './text.ts';
import { unitRow } from './unit-row.ts';

export interface PrinterMibIdentityOptions {
  /** What sysDescr is where no pattern fits: maker and model (the rule), or the name of a network card alone. */
  readonly sysDescr?: 'model' | 'card';
  /** Named groups `model`, `firmware` and `serialNumber` taken out of sysDescr; the first pattern that fits. */
  readonly sysDescrPatterns?: readonly RegExp[];
  /** Likewise for hrDeviceDescr of the printer's row, where it is more than a model. */
  readonly deviceDescrPatterns?: readonly RegExp[];
  /** False where SN of the 1284 id is not the machine's serial number. */
  readonly deviceIdSerial?: boolean;
  /** Where the vendor has the 1284 id, beside the usual places. */
  readonly deviceIds?: readonly AskedObject[];
  /** True where not many of the vendor's machines tell it there, so that all places are asked at once. */
  readonly deviceIdsAtOnce?: boolean;
  /** Where only some machines need the id: it is not asked of those that tell the same otherwise. */
  readonly deviceIdsWhen?: (known: Answers) => boolean;
}

interface Told {
  readonly text: string;
  readonly oid: Oid;
}

export function printerMibIdentity(options: PrinterMibIdentityOptions = {}): Block {
  const { deviceIdsWhen = () => true } = options;
  const idPlaces = [...(options.deviceIds ?? []), standard.ppmDeviceId].map(
    (place): AskedObject => ({ ...place, when: deviceIdsWhen }),
  );
  return {
    name: 'printerMibIdentity',
    asks: [
      standard.sysDescr,
      standard.sysObjectId,
      standard.sysName,
      standard.sysLocation,
      standard.hrDeviceType,
      standard.hrDeviceDescr,
      standard.prtGeneralSerialNumber,
      standard.charsetFor.identity,
      standard.gdStatusId,
      ...(options.deviceIdsAtOnce === true ? whereUntold(idPlaces) : inTurn(idPlaces)),
    ],
    read(answers, draft) {
      const { ownBrands, allBrands } = draft.context;
      const descr = told(answers, standard.sysDescr.oid, '0');
      const toldOf = ({ oid }: AskedObject): Told | null => {
        const row = unitRow(answers, oid, draft.context);
        return row === undefined ? null : told(answers, oid, row);
      };
      const deviceDescr = toldOf(standard.hrDeviceDescr);
      const deviceId = findDeviceId(answers, options.deviceIds);

      claimPlain(answers, draft);
      claimByPattern(draft, descr, options.sysDescrPatterns ?? []);
      claimByPattern(draft, deviceDescr, options.deviceDescrPatterns ?? []);
      claimSerial(draft, toldOf(standard.prtGeneralSerialNumber));
      if (deviceId !== null && options.deviceIdSerial !== false && deviceId.id.serialNumber !== null) {
        claimSerial(draft, { text: deviceId.id.serialNumber, oid: deviceId.oid });
      }

      const models: readonly (Told | null)[] = [
        deviceDescr,
        deviceId?.id.model ? { text: deviceId.id.model, oid: deviceId.oid } : null,
        options.sysDescr === 'card' ? null : descr,
      ];
      for (const model of models) {
        if (model !== null) claim(draft, 'identity.model', cleanModel(model.text, allBrands), model.oid);
      }

      const vendorModel = draft.texts.get('identity.model');
      const naming = [
        vendorModel === undefined ? null : { text: vendorModel.value, oid: vendorModel.source.oids[0] },
        deviceId?.id.manufacturer ? { text: deviceId.id.manufacturer, oid: deviceId.oid } : null,
        deviceDescr,
        descr,
      ].filter((entry) => entry !== null);
      const maker = ownBrands[0]?.name ?? null;
      const brand = chooseBrand(naming, maker, allBrands);
      const makerOid: readonly Oid[] = brand?.from.oid ? [brand.from.oid] : [childOf(standard.sysObjectId.oid, '0')];
      const unknownMaker = deviceId?.id.manufacturer ?? null;
      draft.text('identity.manufacturer', brand?.name ?? maker ?? unknownMaker, {
        oids: brand === null && maker === null && deviceId !== null ? [deviceId.oid] : makerOid,
        how: 'value',
        evidence: 'mib',
      });
    },
  };
}

/** None of them where the place that identifying looks at told the id. */
const whereUntold = (places: readonly AskedObject[]): readonly AskedObject[] =>
  places.map((place) => ({
    ...place,
    when: (known) => findDeviceId(known) === null && (place.when?.(known) ?? true),
  }));

/** The same id at several places: each is asked where those before it, and the place that identifying looks at, tell none. */
const inTurn = (places: readonly AskedObject[]): readonly AskedObject[] =>
  places.map((place, index) => {
    const before = places.slice(0, index);
    const isAsked = (known: Answers) => before.every(({ oid }) => known.outcome(oid) === 'answered');
    const isWanted = (known: Answers) => place.when?.(known) ?? true;
    return { ...place, when: (known) => isWanted(known) && isAsked(known) && findDeviceId(known, before) === null };
  });

/** The objects that say what they are. */
function claimPlain(answers: Answers, draft: Draft): void {
  for (const [object, path] of [
    [standard.sysName, 'identity.hostName'],
    [standard.sysLocation, 'identity.location'],
  ] as const) {
    const found = told(answers, object.oid, '0');
    if (found !== null) claim(draft, path, found.text, found.oid);
    else if (answers.value(object.oid, '0') === undefined) draft.untold(path);
  }
  const id = answers.value(standard.sysObjectId.oid, '0');
  if (id?.type === 'oid') claim(draft, 'identity.sysObjectId', id.value, childOf(standard.sysObjectId.oid, '0'));
}

function claimSerial(draft: Draft, serial: Told | null): void {
  if (serial === null) return;
  const clean = cleanSerial(serial.text);
  if (clean === null) draft.reject('identity.serialNumber', serial.text, [serial.oid], 'a placeholder');
  else claim(draft, 'identity.serialNumber', clean, serial.oid);
}

function claimByPattern(draft: Draft, text: Told | null, patterns: readonly RegExp[]): void {
  const groups = text === null ? undefined : patterns.map((pattern) => pattern.exec(text.text)?.groups).find(Boolean);
  if (text === null || groups === undefined) return;
  const { model, firmware, serialNumber } = groups;
  if (model !== undefined) claim(draft, 'identity.model', cleanModel(model, draft.context.allBrands), text.oid);
  if (firmware !== undefined) claim(draft, 'identity.firmware', firmware.trim(), text.oid);
  if (serialNumber !== undefined) claimSerial(draft, { text: serialNumber, oid: text.oid });
}

function told(answers: Answers, object: Oid, instance: string): Told | null {
  const text = textAt(answers, { oid: object }, instance);
  return text === null ? null : { text, oid: childOf(object, instance) };
}

function claim(draft: Draft, path: TextPath, value: string | null, oid: Oid): void {
  const source: Source = { oids: [oid], how: 'value', evidence: 'mib' };
  draft.text(path, value, source);
}
