/** A model as people say it, out of what devices answer. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { cleanModel } from '../src/blocks/model-name.ts';
import { BRANDS } from '../src/registry.ts';

const CASES: readonly (readonly [text: string, model: string | null])[] = [
  ['KYOCERA ECOSYS P2040dw', 'ECOSYS P2040dw'],
  ['Hewlett-Packard HP LaserJet 4250', 'LaserJet 4250'],
  ['Xerox® VersaLink® C405', 'VersaLink C405'],
  ['Xerox(R) C235 Color MFP', 'C235 Color MFP'],
  ['Xerox WorkCentre 7665 v1 Multifunction System', 'WorkCentre 7665'],
  ['Xerox AltaLink C8145 Color Multifunction Printer', 'AltaLink C8145'],
  ['BM5100ADW series', 'BM5100ADW'],
  ['LaserJet Printer, Series', 'LaserJet'],
  ['MC873 Rev. 07.87', 'MC873'],
  ['Network Printer', null],
  ['Multifunction Printer', null],
  ['Lexmark International, Inc. MX622ade', 'MX622ade'],
  ['RICOH COMPANY,LTD. IM C3000', 'IM C3000'],
  ['Brother Industries, Ltd. MFC-J4540DW', 'MFC-J4540DW'],
  ['Fuji Xerox Co., Ltd. DocuPrint M225 dw', 'DocuPrint M225 dw'],
  ['SAMSUNG ELECTRONICS M2070 Series', 'M2070'],
  ['Dell B2360dn Mono Laser Printer', 'B2360dn'],
  ['HP LaserJet MFP M130nw [A1B2C3]', 'LaserJet MFP M130nw'],
  ['KONICA MINOLTA 362', '362'],
  ['Generic 28C-6e', null],
  ['HP, Inc.', null],
  ['12345', null],
];

test('brands, marks and kinds are no part of a model', async (t) => {
  for (const [text, model] of CASES) await t.test(text, () => assert.equal(cleanModel(text, BRANDS), model));
});
