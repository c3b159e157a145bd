/** The data sheet of this box as PDF. */
export { pdfOf } from './pdf.ts';
export { type SheetFacts, sheetDocument } from './sheet.ts';
