/** Epson's counters that no reading needs yet. Pages by day, month and job length tell of people's work and stay out. */
import { captureColumns } from '../../blocks/capture-columns.ts';
import { PRINTER } from './objects.ts';

export const epsonCapture = captureColumns(PRINTER, 'captures epson_wf-c17590, epson_cw-c6500au', [
  ['6.1.1.3', 'unit by paper size'],
  ['6.1.1.7', 'one-sided pages by paper size'],
  ['6.1.1.8', 'sheets by paper size'],
  ['6.1.1.9', 'one-sided color pages by paper size'],
  ['27.1.1.6', 'always 0 so far'],
  ['27.1.1.14', 'counter 14'],
  ['27.1.1.15', 'counter 15'],
  ['27.1.1.16', 'counter 16'],
  ['27.1.1.33', 'code 33'],
  ['27.1.1.34', 'code 34'],
  ['27.1.1.35', 'code 35'],
  ['27.6.1.3', 'constant by function'],
  ['27.12.1.4', 'mono pages by coarse size'],
  ['27.12.1.5', 'color pages by coarse size'],
  ['27.15.1.2', 'labels'],
  ['27.15.1.3', 'length of labels'],
]);
