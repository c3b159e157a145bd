/** What left the building, what may, and which objects were asked for it. */
export { type AskedObjects, createAskedObjects } from './asked-objects.ts';
export {
  createDisclosurePages,
  type DisclosurePages,
  disclosedName,
  discloser,
  exportName,
  sinceDays,
} from './disclosure.ts';
export { disclosureSchema } from './schema.ts';
export { sentCsv } from './sent-csv.ts';
export { createSentPayloads, type SentPayloads } from './sent-payloads.ts';
export { isNoteWithheld } from './withhold.ts';
