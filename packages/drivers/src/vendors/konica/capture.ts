/** Konica Minolta's counters whose unit or meaning is not settled. */
import { captureColumns } from '../../blocks/capture-columns.ts';

export const konicaCapture = captureColumns('1.3.6.1.4.1.18334.1.1.1.5.7.2', 'projects that contradict each other', [
  ['1.2', 'large total, or large scans'],
  ['1.8', 'originals'],
  ['1.9', 'sheets'],
  ['1.10', 'printed pages'],
  ['3.1.6', 'large scans'],
  ['3.1.7', 'scans or faxes, black'],
  ['3.1.11', 'scans or faxes, full color'],
  ['3.1.23', 'transmissions, black'],
  ['3.1.24', 'transmissions, color'],
]);
