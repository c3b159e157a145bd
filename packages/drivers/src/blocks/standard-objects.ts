/** Every object of the standard MIBs that a driver may ask, once, with its purpose: SNMPv2, IF, IP, HOST-RESOURCES, Printer, PWG. */
import type { Part } from '@rsb/contract';
import type { SnmpValue } from '@rsb/snmp';
import { oid } from '@rsb/snmp/oid';
import type { AskedObject } from '../definition.ts';

type Where = Pick<AskedObject, 'instances' | 'perUnit' | 'usualRow' | 'path' | 'lasting' | 'untilRefilled'>;

const standard = (
  source: string,
  number: string,
  part: Part,
  name: string,
  purpose: string,
  where: Where = {},
): AskedObject => ({ oid: oid(`1.3.6.1.${number}`), name, purpose, part, evidence: 'mib', source, ...where });

const scalar: Where = { instances: ['0'] };

// RFC 3418
export const sysDescr = standard('SNMPv2-MIB', '2.1.1.1', 'identity', 'sysDescr', 'maker, model, firmware', scalar);
export const sysObjectId = standard('SNMPv2-MIB', '2.1.1.2', 'identity', 'sysObjectID', 'maker', scalar);
export const sysName = standard('SNMPv2-MIB', '2.1.1.5', 'identity', 'sysName', 'host name', {
  ...scalar,
  path: 'identity.hostName',
});
export const sysLocation = standard('SNMPv2-MIB', '2.1.1.6', 'identity', 'sysLocation', 'location', {
  ...scalar,
  path: 'identity.location',
});

// RFC 2863, RFC 4293
const macPath: Where = { path: 'identity.macAddress' };
export const ifType = standard('IF-MIB', '2.1.2.2.1.3', 'identity', 'ifType', 'which interface is real', macPath);
export const ifPhysAddress = standard('IF-MIB', '2.1.2.2.1.6', 'identity', 'ifPhysAddress', 'hardware address', {
  ...macPath,
  usualRow: '1',
});
export const ifOperStatus = standard('IF-MIB', '2.1.2.2.1.8', 'identity', 'ifOperStatus', 'which is up', macPath);
export const ipAdEntIfIndex = standard(
  'IP-MIB',
  '2.1.4.20.1.2',
  'identity',
  'ipAdEntIfIndex',
  'which interface owns the address that was asked',
  macPath,
);

// RFC 2790
const inHr = (number: string, part: Part, name: string, purpose: string, where: Where = {}) =>
  standard('HOST-RESOURCES-MIB', `2.1.25.3.${number}`, part, name, purpose, where);
export const hrDeviceType = inHr('2.1.2', 'identity', 'hrDeviceType', 'whether it is a printer', { perUnit: '' });
export const hrDeviceDescr = inHr('2.1.3', 'identity', 'hrDeviceDescr', 'model', { perUnit: '' });
/** All rows: copier, scanner and fax show an MFP. */
export const hrDeviceDescrs: AskedObject = inHr(
  '2.1.3',
  'identity',
  'hrDeviceDescr',
  'copier, scanner and fax functions',
);
export const hrDeviceIds = inHr('2.1.4', 'identity', 'hrDeviceID', 'copier, scanner and fax functions');
export const hrDeviceStatus = inHr('2.1.5', 'status', 'hrDeviceStatus', 'running, warning or down', { perUnit: '' });
export const hrPrinterStatus = inHr('5.1.1', 'status', 'hrPrinterStatus', 'idle, printing, warming up', {
  perUnit: '',
  path: 'status.state',
});
export const hrPrinterDetectedErrorState = inHr(
  '5.1.2',
  'status',
  'hrPrinterDetectedErrorState',
  'paper, toner, jam, door and other error bits',
  { perUnit: '', path: 'status.errors' },
);
/** hrDeviceType of a printer (RFC 2790, hrDevicePrinter). */
const HR_DEVICE_PRINTER = oid('1.3.6.1.2.1.25.3.1.5');
export const isPrinterDevice = (type: SnmpValue): boolean => type.type === 'oid' && type.value === HR_DEVICE_PRINTER;

// RFC 3805
const inPrt = (number: string, part: Part, name: string, purpose: string, where: Where = {}) =>
  standard('Printer-MIB', `2.1.43.${number}`, part, name, purpose, where);
export const prtGeneralSerialNumber = inPrt('5.1.1.17', 'identity', 'prtGeneralSerialNumber', 'serial number', {
  perUnit: '',
  path: 'identity.serialNumber',
});
export const prtMarkerMarkTech = inPrt('10.2.1.2', 'supplies', 'prtMarkerMarkTech', 'toner or ink', {
  perUnit: '1',
  lasting: true,
});
export const prtMarkerCounterUnit = inPrt('10.2.1.3', 'counters', 'prtMarkerCounterUnit', 'unit of the life count', {
  perUnit: '1',
  lasting: true,
});
export const prtMarkerLifeCount = inPrt('10.2.1.4', 'counters', 'prtMarkerLifeCount', 'life count', {
  perUnit: '1',
  path: 'counters.life',
});
const supplyColumn = (column: number, name: string, purpose: string, where: Where = {}) =>
  inPrt(`11.1.1.${column}`, 'supplies', name, purpose, { path: 'supplies', ...where });
const lasting: Where = { lasting: true };
export const supplyColorantIndex = supplyColumn(3, 'prtMarkerSuppliesColorantIndex', 'color of a supply', lasting);
export const supplyClass = supplyColumn(4, 'prtMarkerSuppliesClass', 'consumed, or a container that fills', lasting);
export const supplyType = supplyColumn(5, 'prtMarkerSuppliesType', 'toner, ink, drum, waste …', lasting);
export const supplyDescription = supplyColumn(6, 'prtMarkerSuppliesDescription', 'name of a supply', lasting);
export const supplyUnit = supplyColumn(7, 'prtMarkerSuppliesSupplyUnit', 'unit of level and capacity', lasting);
export const supplyLevel = supplyColumn(9, 'prtMarkerSuppliesLevel', 'level of a supply');
export const supplyCapacity = supplyColumn(8, 'prtMarkerSuppliesMaxCapacity', 'capacity of a supply', {
  untilRefilled: supplyLevel.oid,
});
export const colorantValue = inPrt('12.1.1.4', 'supplies', 'prtMarkerColorantValue', 'color of a supply', lasting);
const alertColumn = (column: number, name: string, purpose: string) =>
  inPrt(`18.1.1.${column}`, 'alerts', name, purpose, { path: 'alerts' });
export const alertSeverity = alertColumn(2, 'prtAlertSeverityLevel', 'severity of an alert');
export const alertGroup = alertColumn(4, 'prtAlertGroup', 'part of the machine');
export const alertGroupIndex = alertColumn(5, 'prtAlertGroupIndex', 'which of these parts');
export const alertCode = alertColumn(7, 'prtAlertCode', 'what happened');
export const alertDescription = alertColumn(8, 'prtAlertDescription', 'what happened, in words');

const charset = (part: Part) =>
  inPrt('7.1.1.4', part, 'prtLocalizationCharacterSet', 'how texts are encoded', { instances: ['1.1'], lasting: true });
/** One entry for each part whose texts need it. */
export const charsetFor: Readonly<Record<'identity' | 'supplies' | 'alerts', AskedObject>> = {
  identity: charset('identity'),
  supplies: charset('supplies'),
  alerts: charset('alerts'),
};

/** PWG 5107.1, first port: the IEEE 1284 id in full. */
export const ppmDeviceId = standard(
  'PRINTER-PORT-MONITOR-MIB',
  '4.1.2699.1.2.1.2.1.1.3',
  'identity',
  'ppmPrinterIEEE1284DeviceId',
  'maker and model',
  { instances: ['1'] },
);
/** One maker's object first, answered by many makers' cards since: the IEEE 1284 id. */
export const gdStatusId = standard(
  'JETDIRECT3-MIB',
  '4.1.11.2.3.9.1.1.7',
  'identity',
  'gdStatusId',
  'maker and model',
  scalar,
);
