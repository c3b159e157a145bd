/** The data sheet of this box, in the language that is asked for. */
import { LANGUAGES } from '@rsb/contract';
import Type from 'typebox';
import { pdfOf, sheetDocument } from '../../sheet/index.ts';
import type { Api, ApiDeps } from '../api-deps.ts';

const SheetQuery = Type.Object({ language: Type.Optional(Type.Enum(LANGUAGES as ['en', 'fr', 'de'])) });
const LOAD_DAYS = 30;

export function addSheetRoute(api: Api, { service, settings }: ApiDeps): void {
  api.get(
    '/sheet.pdf',
    { config: { boxAccess: 'reading' }, schema: { querystring: SheetQuery } },
    async (request, reply) => {
      const language = request.query.language ?? settings.document.language;
      const box = service.view({ signedIn: false, mayRead: true });
      const document = sheetDocument(
        {
          box,
          settings: settings.view(),
          objects: service.disclosure.objects(),
          load: service.loadPages.load(LOAD_DAYS),
          loadDays: LOAD_DAYS,
          port: request.socket.localPort ?? 0,
        },
        language,
      );
      const name = `data-sheet-${box.agent ?? 'box'}-${language}.pdf`;
      return reply
        .header('content-disposition', `attachment; filename="${name}"`)
        .type('application/pdf')
        .send(await pdfOf(document));
    },
  );
}
