/** Who an Epson is: its own model and serial number, and firmware from tables that name their rows. */
import type { Oid } from '@rsb/snmp';
import { childOf, oid } from '@rsb/snmp/oid';
import { cleanModel } from '../../blocks/model-name.ts';
import { sysName, sysObjectId } from '../../blocks/standard-objects.ts';
import { textAt } from '../../blocks/text.ts';
import { vendorTexts } from '../../blocks/vendor-texts.ts';
import type { Answers, AskedObject, Block } from '../../definition.ts';
import { CARD, epsonObject, PRINTER } from './objects.ts';

const source = 'epson_wf-c17590, epson_wf-m5799, epson_st-m1000, epson_st-c4100, epson_cw-c6500au';

/** Its SN is the serial number mangled in hexadecimal. */
export const epsonDeviceId: AskedObject = epsonObject(
  `${PRINTER}.1.1.1.1`,
  'identity',
  'IEEE 1284 id',
  'maker and model',
  source,
  { instances: ['1'] },
);

const OWN_MODEL = { oid: `${PRINTER}.1.1.1.2`, instance: '1' } as const;

/** What the machine says of its model; undefined before it was asked. */
export function ownModel(known: Answers): string | null | undefined {
  const object = oid(OWN_MODEL.oid);
  if (known.outcome(object) === 'notAsked') return undefined;
  return textAt(known, { oid: object }, OWN_MODEL.instance)?.replace(/^epson\s+/i, '') ?? null;
}

export const epsonIdentity: Block = vendorTexts('epsonIdentity', [
  {
    ...OWN_MODEL,
    fills: 'model',
    name: 'model without series',
    evidence: 'capture',
    source,
  },
  {
    oid: `${PRINTER}.1.1.1.5`,
    instance: '1',
    fills: 'serialNumber',
    name: 'serial number of the machine',
    evidence: 'capture',
    source,
  },
]);

/** After the standard objects. The card's serial number is its own and its versions are not the machine's: neither is asked. */
const cardNames: Block = vendorTexts('epsonCardNames', [
  { oid: `${CARD}.3.8`, fills: 'model', name: 'model told by the card', evidence: 'capture', source },
  { oid: `${CARD}.1.73`, fills: 'hostName', name: 'host name', evidence: 'capture', source },
]);

/** Of machines that tell these themselves the card is not asked. */
const isUntold: Readonly<Record<string, (known: Answers) => boolean>> = {
  'identity.model': (known) => ownModel(known) === null,
  'identity.hostName': (known) => known.outcome(sysName.oid) === 'answered' && textAt(known, sysName, '0') === null,
};

export const epsonCardNames: Block = {
  ...cardNames,
  asks: cardNames.asks.map((object) => ({ ...object, when: isUntold[object.path ?? ''] ?? (() => true) })),
};

/** The machine's own firmware by its names, best first; those of network, radio and cassettes are others' ("Network FW"). */
const MACHINE_FIRMWARE = [/^(?:main|printer) fw$/i, /^fw package$/i, /^firmware$/i];

/** The rows of a table whose name says that they are the machine's. */
const meantRows = (known: Answers, name: AskedObject, meant: readonly RegExp[]): readonly string[] =>
  known.column(name.oid).flatMap(({ instance }) => {
    const words = textAt(known, name, instance) ?? '';
    return meant.some((pattern) => pattern.test(words)) ? [instance] : [];
  });

const table = (entry: string, when?: (known: Answers) => boolean) => {
  const column = (number: number, name: string, purpose: string, lasting: boolean) => ({
    ...epsonObject(`${entry}.${number}`, 'identity', name, purpose, source, { path: 'identity.firmware', lasting }),
    ...(when ? { when } : {}),
  });
  const name = column(3, 'name of a version', 'which version is meant', true);
  const value = column(2, 'version', 'firmware version', false);
  return { name, value: { ...value, instancesFor: (known: Answers) => meantRows(known, name, MACHINE_FIRMWARE) } };
};
const own = table(`${PRINTER}.2.1.1`);
/** The card's table only where the machine's own tells none that is surely meant. */
const isOwnUntold = (known: Answers): boolean =>
  known.outcome(own.name.oid) !== 'notAsked' && meantRows(known, own.name, MACHINE_FIRMWARE.slice(0, 1)).length === 0;
const tables = [own, table(`${CARD}.21.1.1`, isOwnUntold)];

export const epsonFirmware: Block = {
  name: 'epsonFirmware',
  asks: tables.flatMap(({ name, value }) => [name, value]),
  read(answers, draft) {
    const rows = tables.flatMap(({ name, value }) =>
      answers.column(name.oid).map(({ instance }) => ({
        name: textAt(answers, name, instance) ?? '',
        version: textAt(answers, value, instance),
        oids: [childOf(name.oid, instance), childOf(value.oid, instance)] as readonly Oid[],
      })),
    );
    for (const meant of MACHINE_FIRMWARE) {
      for (const { name, version, oids } of rows) {
        if (meant.test(name)) draft.text('identity.firmware', version, { oids, how: 'join', evidence: 'capture' });
      }
    }
  },
};

const MODEL_ID = /^1\.3\.6\.1\.4\.1\.1248\.1\.1\.2\.1\.3\.\d+\.(?<letters>[\d.]+)$/;

/** The tail of sysObjectID spells a word in ASCII: "EEPS2" is the network card, any other is the model. */
export const epsonSpelledModel: Block = {
  name: 'epsonSpelledModel',
  asks: [sysObjectId],
  read(answers, draft) {
    const id = answers.value(sysObjectId.oid, '0');
    const letters =
      id?.type === 'oid' ? MODEL_ID.exec(id.value)?.groups?.['letters']?.split('.').map(Number) : undefined;
    if (letters === undefined || letters.some((letter) => letter < 0x20 || letter > 0x7e)) return;
    const word = String.fromCharCode(...letters);
    if (/^EEPS\d?$/.test(word)) return;
    const source = { oids: [childOf(sysObjectId.oid, '0')], how: 'value', evidence: 'capture' } as const;
    draft.text('identity.model', cleanModel(word, draft.context.allBrands), source);
  },
};
