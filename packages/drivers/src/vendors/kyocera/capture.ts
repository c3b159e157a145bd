/** Kyocera's counter tables that no reading needs yet: sheets, sizes by function, combined pages. */
import { captureColumns } from '../../blocks/capture-columns.ts';

export const kyoceraCapture = captureColumns('1.3.6.1.4.1.1347', 'captures kyocera_cs-4053ci, kyocera_ecosys-p2040dw', [
  ['42.2.1.1.1.2', 'name of a paper size'],
  ['42.2.1.1.1.10', 'full-color pages by size, level 1'],
  ['42.2.1.1.1.11', 'full-color pages by size, level 2'],
  ['42.2.1.1.1.12', 'full-color pages by size, level 3'],
  ['42.2.1.1.1.13', 'sheets by size'],
  ['42.2.2.1.1.3', 'pages by color mode'],
  ['42.2.5.1.1.3', 'pages not combined'],
  ['42.2.5.1.1.4', 'two pages on one'],
  ['42.2.5.1.1.5', 'four pages on one'],
  ['42.2.9.1.1.1', 'sheets printed on one side'],
  ['42.2.9.1.1.2', 'sheets printed on both sides'],
  ['42.3.1.6.1', 'pages by color, function and size'],
  ['42.3.1.7.1.1', 'sheets by function and size'],
  ['43.10.1.1.8', 'kcprtMarkerDrumCounter'],
]);
