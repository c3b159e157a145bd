/**
 * Machines that no capture shows, as their makers' facts say that they answer: brand on the case, model without noise, kind.
 * And gear that looks like a printer and is none.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import { replay } from './support/replay.ts';
import {
  HR_DEVICE_DESCR,
  HR_DEVICE_TYPE,
  LIFE,
  PRINTER_DEVICE,
  SERIAL,
  type Short,
  SYS_DESCR,
  SYS_OBJECT_ID,
  varbinds,
} from './support/varbinds.ts';

const GD_STATUS_ID = '1.3.6.1.4.1.11.2.3.9.1.1.7.0';
const PPM_ID = '1.3.6.1.4.1.2699.1.2.1.2.1.1.3.1';

interface Gear {
  readonly descr?: string;
  /** Below 1.3.6.1.4.1. */
  readonly arc?: string;
  /** hrDeviceDescr of a printer's row. */
  readonly device?: string;
  readonly id?: string;
  readonly more?: readonly (readonly [string, Short])[];
}

const answersOf = ({ descr, arc, device, id, more = [] }: Gear): readonly (readonly [string, Short])[] => [
  ...(descr === undefined ? [] : [[SYS_DESCR, descr] as const]),
  ...(arc === undefined ? [] : [[SYS_OBJECT_ID, { oid: `1.3.6.1.4.1.${arc}` }] as const]),
  ...(device === undefined
    ? []
    : [[`${HR_DEVICE_TYPE}.1`, PRINTER_DEVICE] as const, [`${HR_DEVICE_DESCR}.1`, device] as const]),
  ...(id === undefined ? [] : [[GD_STATUS_ID, id] as const]),
  ...more,
];

type Kind = 'printer' | 'mfp' | 'labelPrinter' | 'printServer';
type Machine = readonly [brand: string, model: string | null, kind: Kind, gear: Gear];

const KYOCERA = 'KYOCERA Document Solutions Printing System';
const CARD = 'HP ETHERNET MULTI-ENVIRONMENT,ROM none,JETDIRECT,JD153,EEPROM JSI24090012';
const EPSON: Gear = {
  descr: 'EPSON Built-in 10Base-T/100Base-TX Print Server',
  arc: '1248.1.1.2.1.3.5.69.69.80.83.50',
};
const ricoh = (brand: string, model: string, ...others: readonly string[]): Gear => ({
  descr: [`${brand} ${model} 1.20`, ...['Printer', ...others].map((part) => `${brand} Network ${part} C model`)].join(
    ' / ',
  ),
  arc: '367.1.1',
});

const MACHINES: readonly Machine[] = [
  // Kyocera's engines.
  ['Triumph-Adler', '2508ci', 'mfp', { descr: KYOCERA, arc: '1347.41', device: 'TA 2508ci' }],
  [
    'Triumph-Adler',
    'P-4020 MFP',
    'mfp',
    { descr: 'TA Triumph-Adler Printing System', arc: '1347.41', device: 'P-4020 MFP' },
  ],
  ['UTAX', '4006ci', 'mfp', { descr: 'UTAX_TA Printing System', arc: '1347.41', device: 'UTAX_TA 4006ci' }],
  ['Olivetti', 'd-Copia 5001MF', 'mfp', { descr: KYOCERA, arc: '1347.41', device: 'Olivetti d-Copia 5001MF' }],
  ['Olivetti', 'd-Color MF3555', 'mfp', { descr: KYOCERA, arc: '1347.41', device: 'd-Color MF3555' }],
  ['Copystar', 'CS 3212i', 'mfp', { descr: KYOCERA, arc: '1347.41', device: 'Copystar CS 3212i' }],
  ['Kyocera', 'ECOSYS M5526cdw', 'mfp', { descr: KYOCERA, arc: '1347.41', device: 'ECOSYS M5526cdw' }],
  ['Kyocera', 'ECOSYS PA4500x', 'printer', { descr: KYOCERA, arc: '1347.41', device: 'ECOSYS PA4500x' }],
  ['Kyocera', 'KM-C2520', 'mfp', { descr: 'KYOCERA MITA Printing System', arc: '1347.41', device: 'KM-C2520' }],
  ['Kyocera', 'FS-C5250DN', 'printer', { descr: 'KYOCERA Print I/F', arc: '1347.41', device: 'FS-C5250DN' }],
  // Ricoh's.
  ['Gestetner', 'MP C2004', 'mfp', ricoh('Gestetner', 'MP C2004', 'Scanner', 'Facsimile')],
  ['Savin', 'C9145', 'mfp', ricoh('SAVIN', 'C9145', 'Scanner')],
  ['Infotec', 'MP C3500', 'mfp', ricoh('infotec ', 'MP C3500', 'Scanner')],
  ['NRG', 'SP C811DN', 'printer', ricoh('NRG', 'SP C811DN')],
  ['Lanier', 'LD630C', 'mfp', ricoh('LANIER', 'LD630C', 'Scanner')],
  [
    'Rex-Rotary',
    'MP C3004',
    'mfp',
    { descr: 'Rex-Rotary MP C3004 / Rex-Rotary Network Printer C model', arc: '367.1.1' },
  ],
  ['Ricoh', 'SP C261SFNw', 'mfp', { descr: 'RICOH SP C261SFNw', arc: '367.1.1' }],
  ['Ricoh', 'M C251FW', 'mfp', { descr: 'RICOH M C251FW 1.00', arc: '367.1.1' }],
  ['Ricoh', 'SG 3110DN', 'printer', ricoh('RICOH', 'SG 3110DN')],
  // The brand stands in the vendor's name of the machine alone.
  [
    'Gestetner',
    'MPC2500/DSc525',
    'printer',
    { arc: '367.1.1', more: [['1.3.6.1.4.1.367.3.2.1.1.1.1.0', 'Gestetner MPC2500/DSc525']] },
  ],
  [
    'InfoPrint',
    'InfoPrint 1822',
    'printer',
    { descr: 'InfoPrint 1822 version NR.APS.N447 kernel 2.6', arc: '641.2.71107135' },
  ],
  // Konica Minolta's.
  [
    'Develop',
    'ineo+ 258',
    'mfp',
    { descr: 'Develop ineo+ 258', arc: '18334.1.2.1.2.1.131.3.1', device: 'Generic 28C-6e' },
  ],
  [
    'Konica Minolta',
    null,
    'printer',
    { descr: 'Generic 28C-6e', arc: '18334.1.1.1.2.1.132.1', device: 'Generic 28C-6e' },
  ],
  [
    'Konica Minolta',
    'bizhub 4702P',
    'printer',
    { descr: 'KONICA MINOLTA bizhub 4702P', arc: '18334.1.1.1.2.1.10008.1' },
  ],
  ['Sindoh', 'D420', 'printer', { descr: 'Sindoh D420', arc: '18334.1.1.1.2.1.131.3.2', device: 'Sindoh D420' }],
  ['Muratec', 'MFX-3590', 'mfp', { descr: 'Muratec MFX-3590', arc: '18334.1.1.1.2.1.131' }],
  ['Olivetti', 'd-Color MF259', 'mfp', { descr: 'Olivetti d-Color MF259', arc: '18334.1.1.1.2.1.131.3.3' }],
  // HP, and its machines on Samsung's engines.
  [
    'HP',
    'Color LaserJet MFP M479fdw',
    'mfp',
    {
      descr: 'HP ETHERNET MULTI-ENVIRONMENT,SN:CNB1234567,FN:X1,SVCID:1,PID:HP Color LaserJet MFP M479fdw',
      arc: '11.2.3.9.1',
    },
  ],
  [
    'HP',
    'OfficeJet Pro 9010',
    'mfp',
    { descr: CARD, arc: '11.2.3.9.1', id: 'MFG:HP;MDL:OfficeJet Pro 9010 series;CLS:PRINTER;DES:3UK83B;' },
  ],
  ['HP', 'LaserJet 4250', 'printer', { descr: CARD, arc: '11.2.3.9.1', device: 'hp LaserJet 4250' }],
  ['HP', 'Laser MFP 135w', 'mfp', { descr: 'HP Laser MFP 135w;V3.82.01.12;OS V1.0;S/N CNB1J12345', arc: '11.2.3.9.1' }],
  [
    'HP',
    'LaserJet MFP M436nda',
    'mfp',
    {
      descr: 'HP LaserJet MFP M436nda;V3.82.02.07 ;NIC V6.01.00;S/N CNG1234567',
      arc: '236.11.5.1',
      device: 'HP LaserJet MFP M436',
    },
  ],
  // Canon.
  ['Canon', 'imageFORCE C7165', 'mfp', { descr: 'Canon imageFORCE C7165 /P', arc: '1602.4.7' }],
  ['Canon', 'LBP226', 'printer', { descr: 'Canon LBP223/226 /P', arc: '1602.4.7', device: 'Canon LBP226' }],
  ['Canon', 'TM-300', 'printer', { descr: 'Canon TM-300', arc: '1602.4.3', device: 'Canon TM-300' }],
  ['Canon', 'G600', 'mfp', { descr: 'Canon G600 series', arc: '1602.4.7' }],
  // Lexmark's engines.
  [
    'Lexmark',
    'MX711de',
    'mfp',
    { descr: 'Lexmark MX711de version NH32.MX.N530 kernel 3.0.0 All-N-1', arc: '641.2.71107143' },
  ],
  [
    'Lexmark',
    'CS421dn',
    'printer',
    { descr: 'Lexmark CS421dn version CSTZJ.052.024 kernel 4.11', arc: '641.2.71107311' },
  ],
  ['Toshiba', 'e-STUDIO385P', 'printer', { descr: 'TOSHIBA e-STUDIO385P version NH63.GM.N639', arc: '641.2.71107164' }],
  ['Toshiba', 'e-STUDIO388CS', 'mfp', { descr: 'TOSHIBA e-STUDIO388CS version NH63.GM.N639', arc: '641.2.71107164' }],
  ['IBM', 'Infoprint 1532', 'printer', { descr: 'IBM Infoprint 1532', arc: '641.1' }],
  [
    'Xerox',
    'B230',
    'printer',
    { descr: 'Xerox B230 Printer version MSLSG.076.294', arc: '253.8.62.1.45', device: 'Xerox(R) B230 Printer' },
  ],
  ['Xerox', 'C315 Color MFP', 'mfp', { descr: 'Xerox C315 Color MFP version CXLBL.076', arc: '253.8.62.1.45' }],
  // Dell on three engines.
  [
    'Dell',
    'B5460dn',
    'printer',
    {
      descr: 'Dell B5460dn Laser Printer version NH43.DN.N434',
      arc: '674.10898.2.100.13',
      device: 'Dell B5460dn 7XQ1R92 LW50.DN.P511',
    },
  ],
  [
    'Dell',
    'C3765dnf Color MFP',
    'mfp',
    { descr: 'Dell C3765dnf Color MFP; Net 17.43, Controller 201501280914, Engine 02.05.00', arc: '674.10898.2.100.9' },
  ],
  ['Dell', '2335dn MFP', 'mfp', { descr: 'Dell 2335dn MFP;V1.00', arc: '674.10898.2.100.7' }],
  // Xerox, Fuji Xerox, FUJIFILM; Samsung's engine in one.
  ['Xerox', 'WorkCentre 3345', 'mfp', { descr: 'Xerox WorkCentre 3345;V3.70.01.09;OS', arc: '253.8.62.1.36' }],
  [
    'Xerox',
    'VersaLink C400',
    'printer',
    { descr: 'Xerox VersaLink C400; System 68.61.21, Controller 1.61.2', arc: '253.8.62.1.40' },
  ],
  ['Tektronix', 'Phaser 850DP', 'printer', { descr: 'Tektronix Phaser 850DP', arc: '128.2.1.3' }],
  ['FUJIFILM', 'Apeos C3070', 'mfp', { descr: 'FUJIFILM Apeos C3070; ESS1.2.3, IOT 4.5', arc: '297.1.11.93.2.1.1' }],
  ['FUJIFILM', 'ApeosPrint C325 dw', 'printer', { descr: 'FUJIFILM ApeosPrint C325 dw', arc: '297.1.111.101.1' }],
  [
    'Fuji Xerox',
    'DocuCentre-VI C3371',
    'mfp',
    { descr: 'FUJI XEROX DocuCentre-VI C3371;ESS1.1.10,IOT 60.8.0', arc: '297.1.11.93.1.31' },
  ],
  // The rest.
  [
    'Brother',
    'MFC-L2710DW',
    'mfp',
    { descr: 'Brother NC-8800w, Firmware Ver.1.09', arc: '2435.2.3.9.1', device: 'Brother MFC-L2710DW series' },
  ],
  [
    'Brother',
    'QL-820NWB',
    'labelPrinter',
    { descr: 'Brother NC-36000w', arc: '2435.2.3.9.1', device: 'Brother QL-820NWB' },
  ],
  ['Brother', 'DCP-L3550CDW', 'mfp', { device: 'Brother DCP-L3550CDW series' }],
  ['Epson', 'WF-C869R', 'mfp', { ...EPSON, device: 'WF-C869R Series' }],
  ['Epson', 'WF-C5290', 'printer', { ...EPSON, device: 'EPSON WF-C5290 Series' }],
  ['Epson', 'TM-C3500', 'labelPrinter', { ...EPSON, device: 'EPSON TM-C3500' }],
  [
    'Samsung',
    'SL-M4580FX',
    'mfp',
    { descr: 'Samsung SL-M4580FX;V30.03.43', arc: '236.11.5.11.65', device: 'Samsung M458x Series' },
  ],
  [
    'Samsung',
    'ML-3710ND',
    'printer',
    { descr: 'Samsung ML-3710ND;V5.01.00', arc: '236.11.5.1', device: 'Samsung ML-371x Series' },
  ],
  ['Sharp', 'BP-70C45', 'mfp', { descr: 'SHARP BP-70C45', arc: '2385.3.1.200' }],
  ['Toshiba', 'B-FV4D', 'labelPrinter', { descr: 'TOSHIBA TEC B-FV4D', arc: '1129.1.2.1' }],
  [
    'OKI',
    'C610',
    'printer',
    {
      descr: 'OKI OkiLAN 8450e Rev.03.00 10/100BASE Ethernet PrintServer: Attached to C610 Rev.1.64 : (C)2010',
      arc: '2001.1.1.1.1',
    },
  ],
  ['OKI', 'MC573', 'mfp', { descr: 'OKI MC573', arc: '2001.1.1.1.1', device: 'OKI DATA CORP MC573' }],
  ['Pantum', 'CM2100ADW', 'mfp', { descr: 'MFG:Pantum;MDL:CM2100ADW Series;CLS:PRINTER;', arc: '40093.1.1' }],
  ['Panasonic', 'DP-MB545', 'mfp', { descr: 'Panasonic DP-MB545', arc: '258.406' }],
  ['Riso', 'ComColor GD7330', 'printer', { descr: 'RISO ComColor GD7330', arc: '24807.1.2' }],
  ['Zebra', 'ZT231', 'labelPrinter', { descr: 'Zebra Technologies ZT231', arc: '10642.1.1' }],
  [
    'Kodak',
    'ESP Office 6100',
    'printer',
    { arc: '314.1', id: 'MFG:Eastman Kodak Company;MDL:KODAK ESP Office 6100;CLS:PRINTER;' },
  ],
  ['Lenovo', 'LJ2655DN', 'printer', { descr: 'Lenovo LJ2655DN', arc: '11369.1', device: 'Lenovo LJ2655DN' }],
  [
    'HP',
    null,
    'printServer',
    { descr: 'HP ETHERNET MULTI-ENVIRONMENT,ROM A.05.05,JETDIRECT EX,JD24', arc: '11.2.3.9.1' },
  ],
];

test('brand, model and kind of machines that no capture shows', async (t) => {
  let checked = 0;
  for (const [brand, model, kind, gear] of MACHINES) {
    await t.test(`${brand} ${model ?? 'without a name'}`, () => {
      // The box's marker is another machine's, not that of an external print server.
      const marks = kind === 'printServer' ? [] : [[`${LIFE}.1.1`, 1234n] as const];
      const { identification, interpretations } = replay(varbinds(...answersOf(gear), ...marks));
      assert.equal(identification.verdict, 'printer', identification.why);
      const [first] = interpretations;
      const { identity, kind: told } = first?.reading ?? {};
      assert.deepEqual([identity?.manufacturer, identity?.model, told], [brand, model, kind]);
    });
    checked += 1;
  }
  assert.equal(checked, MACHINES.length);
});

const PRINTER_ROW: Gear['more'] = [[`${HR_DEVICE_TYPE}.1`, PRINTER_DEVICE]];

const OTHER_GEAR: readonly (readonly [name: string, gear: Gear])[] = [
  [
    'a CUPS server with queues',
    { descr: 'Linux cups 6.1.0-18-amd64 #1 SMP', arc: '8072.3.2.10', device: 'HP LaserJet 4250' },
  ],
  [
    'a CUPS server whose queue names a maker',
    { descr: 'Linux print01 5.15', arc: '8072.3.2.10', device: 'KYOCERA TASKalfa 3253ci' },
  ],
  [
    'a Windows print server',
    {
      descr: 'Hardware: Intel64 Family 6 - Software: Windows Version 6.3',
      arc: '311.1.1.3.1.2',
      device: 'Canon iR-ADV C5235',
    },
  ],
  ['a NAS with a USB printer', { descr: 'Linux DiskStation 4.4.302+', arc: '6574.1', device: 'Brother HL-2270DW' }],
  ['an access point with a print queue', { descr: 'NXC2500', arc: '890.1.15', more: PRINTER_ROW }],
  ['a print-server box that tells of no machine', { descr: 'D-Link DP-301P+ Print Server', arc: '171.11.10.1' }],
  ['a document server with print words', { descr: 'AXIS 5600+ Network Print Server V7.00', arc: '368.2.7' }],
  ['a switch of a printer maker', { descr: 'HP J9773A 2530-24G-PoE+ Switch', arc: '11.2.3.7.11.157' }],
  ['a server of a printer maker', { descr: 'HP-UX srv B.11.31 U ia64', arc: '11.2.3.2.5' }],
  [
    'a network scanner of HP',
    { descr: 'HP ScanJet Enterprise Flow N9120', arc: '11.2.3.9.1', id: 'MFG:HP;MDL:ScanJet Enterprise Flow N9120;' },
  ],
  ['a digital sender', { descr: CARD, arc: '11.2.3.9.1', id: 'MFG:HP;MDL:HP Digital Sender Flow 8500 fn2;' }],
  [
    'a document scanner of Brother',
    {
      descr: 'Brother NC-560w, Firmware Ver.1.09',
      arc: '2435.2.3.9.1',
      more: [[PPM_ID, 'MFG:Brother;MDL:ADS-2800W;CLS:IMAGE;']],
    },
  ],
  [
    'a document scanner of Brother by its row',
    { descr: 'Brother NC-560w', arc: '2435.2.3.9.1', more: [[`${HR_DEVICE_DESCR}.1`, 'Brother ADS-3600W']] },
  ],
  [
    'a document scanner of Epson',
    {
      descr: 'EPSON Built-in',
      arc: '1248.1.1.2.1.3.5.69.69.80.83.50',
      more: [[`${HR_DEVICE_DESCR}.1`, 'EPSON DS-780N']],
    },
  ],
  ['a network interface unit of Epson', { arc: '1248.1.1.2.1.3.22.78.101.116' }],
  ['a projector of Epson', { descr: 'EPSON Projector', arc: '1248.4.1' }],
  ['a document scanner of Fujitsu', { descr: 'FUJITSU fi-7300NX', arc: '211.1.21.1' }],
  ['a scanner of Canon', { descr: 'Canon imageFORMULA ScanFront 400', arc: '1602.6.1' }],
  ['a camera of Canon', { descr: 'Canon VB-H43', arc: '1602.5.1' }],
  ['a projector of Canon', { descr: 'Canon LX-MU500Z', arc: '1602.8.1' }],
  ['a camera of Panasonic', { descr: 'Panasonic WV-S1531LN', arc: '258.1' }],
  ['a projector of Panasonic', { descr: 'Panasonic PT-RZ670', arc: '258.2' }],
  ['a display of Sharp', { descr: 'SHARP PN-HW501', arc: '2385.4.1' }],
  ['a television of Samsung', { descr: 'Samsung SMART Signage', arc: '236.11.9.1' }],
  ['a television of Toshiba', { descr: 'TOSHIBA REGZA', arc: '186.1' }],
  ['a checkout of Toshiba TEC', { descr: 'TOSHIBA TEC WILLPOS M30', arc: '1129.9.1' }],
  ['a server of Dell', { descr: 'Dell iDRAC9', arc: '674.10892.5' }],
  ['a switch of Dell', { descr: 'Dell Networking N2048', arc: '674.10895.3063' }],
  ['a UPS', { descr: 'APC Web/SNMP Management Card', arc: '318.1.3.27' }],
  ['an oscilloscope of Tektronix', { descr: 'Tektronix TDS5104', arc: '128.1' }],
  ['a server of Olivetti', { descr: 'Olivetti Netstrada', arc: '279.1' }],
  ['software under development', { descr: 'develop build 1.2.3 Linux', arc: '8072.3.2.10' }],
  [
    'a general row and a scanner class',
    {
      more: [
        [`${SERIAL}.1`, 'A123456'],
        [PPM_ID, 'MFG:Acme;MDL:Scan 5;CLS:SCANNER;'],
      ],
    },
  ],
];

test('what looks like a printer and is none', async (t) => {
  let checked = 0;
  for (const [name, gear] of OTHER_GEAR) {
    await t.test(name, () => {
      const { identification } = replay(varbinds(...answersOf(gear)));
      assert.equal(identification.verdict, 'notPrinter', identification.why);
    });
    checked += 1;
  }
  assert.equal(checked, OTHER_GEAR.length);
});

test('a controller in front of an engine is a printer', () => {
  const fiery: Gear = { descr: 'Xerox Versant 180 Press; Xerox EX 180 Print Server', arc: '253.8.62.1.30' };
  assert.equal(replay(varbinds(...answersOf(fiery))).identification.verdict, 'printer');
});
