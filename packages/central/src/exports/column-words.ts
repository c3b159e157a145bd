/** Heads of exported columns in the reader's language. */
import { m } from '@rsb/messages';
import type { DEVICE_COLUMNS } from './device-rows.ts';
import type { FileLocale } from './file-streams.ts';

type Column = (typeof DEVICE_COLUMNS)[number];
type Lang = { readonly locale: FileLocale };

const WORDS: Readonly<Record<Column, (lang: Lang) => string>> = {
  customer: (lang) => m.customer({}, lang),
  customerNumber: (lang) => m.customer_number({}, lang),
  site: (lang) => m.site({}, lang),
  box: (lang) => m.box_agent({}, lang),
  manufacturer: (lang) => m.import_column_manufacturer({}, lang),
  model: (lang) => m.import_column_model({}, lang),
  serial: (lang) => m.import_column_serial({}, lang),
  mac: () => 'MAC',
  address: () => 'IP',
  serviceId: (lang) => m.import_column_service_id({}, lang),
  location: (lang) => m.export_location({}, lang),
  firmware: () => 'Firmware',
  state: (lang) => m.export_state({}, lang),
  countersAt: (lang) => m.export_counters_at({}, lang),
  life: (lang) => m.export_life({}, lang),
  vendorLife: (lang) => m.export_vendor_life({}, lang),
  total: (lang) => m.export_total({}, lang),
  totalMono: (lang) => m.export_total_mono({}, lang),
  totalColor: (lang) => m.export_total_color({}, lang),
  print: (lang) => m.export_print({}, lang),
  printMono: (lang) => m.export_print_mono({}, lang),
  printColor: (lang) => m.export_print_color({}, lang),
  lastHeard: (lang) => m.last_heard({}, lang),
};

export const exportHead = (columns: readonly Column[], locale: FileLocale): string[] =>
  columns.map((column) => WORDS[column]({ locale }));
