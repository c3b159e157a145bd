/** PDF by pdfmake, which may open nothing but the font that comes with it, and no address at all. */
import { createRequire } from 'node:module';
import pdfmake from 'pdfmake';
import type { TDocumentDefinitions } from 'pdfmake/interfaces.js';

/** Not the pages' Inter: the PDF library cannot cut accented letters out of compressed (woff2) fonts. */
const fontFile = (name: string): string => createRequire(import.meta.url).resolve(`pdfmake/fonts/Roboto/${name}.ttf`);

export async function pdfOf(document: TDocumentDefinitions): Promise<Buffer> {
  const [normal, bold] = [fontFile('Roboto-Regular'), fontFile('Roboto-Medium')];
  pdfmake.setFonts({ Roboto: { normal, bold, italics: normal, bolditalics: bold } });
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((path) => path === normal || path === bold);
  return pdfmake.createPdf(document).getBuffer();
}
