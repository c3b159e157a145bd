/** Lists as files, read on connections that cannot write while the file is on its way. */
import { localeFrom } from '@rsb/messages';
import { instant, isoInstant } from '@rsb/runtime';
import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { exportHead } from '../exports/column-words.ts';
import { DEVICE_COLUMNS, deviceRows, type ExportCustomer } from '../exports/device-rows.ts';
import { csvStream, xlsxStream } from '../exports/file-streams.ts';
import type { CentralWork } from '../work.ts';
import type { CentralServer } from './central-server.ts';
import { deviceViews } from './views.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** Customers are fetched in parts as well. */
const CUSTOMERS = 200;

export function addExportRoutes(server: CentralServer, work: CentralWork): void {
  const locale = (request: FastifyRequest) => {
    const { language } = request.query as { readonly language?: string };
    return localeFrom(language ?? request.headers['accept-language']);
  };
  const config = { caller: 'session' as const, narrowed: true, right: 'read:devices' as const };
  const schema = { querystring: Type.Object({ language: Type.Optional(Type.Enum(['en', 'fr', 'de'] as const)) }) };
  const day = () => isoInstant(instant(work.clock.now())).slice(0, 10);
  const rows = (request: FastifyRequest) => deviceRows(customersOf(work, request), deviceViews);

  server.get('/api/v1/exports/devices.csv', { config, schema }, (request, reply) =>
    reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="machines-${day()}.csv"`)
      .send(csvStream(exportHead(DEVICE_COLUMNS, locale(request)), rows(request), locale(request))),
  );
  server.get('/api/v1/exports/devices.xlsx', { config, schema }, (request, reply) =>
    reply
      .type(XLSX)
      .header('content-disposition', `attachment; filename="machines-${day()}.xlsx"`)
      .send(xlsxStream('Machines', exportHead(DEVICE_COLUMNS, locale(request)), rows(request))),
  );
}

async function* customersOf({ database }: CentralWork, request: FastifyRequest): AsyncGenerator<ExportCustomer> {
  const only = request.caller?.customer ?? null;
  let after: { sortKey: string; id: number } | null = null;
  for (;;) {
    const page: Awaited<ReturnType<typeof database.acrossCustomers.listCustomers>> =
      await database.acrossCustomers.listCustomers({ only, after, limit: CUSTOMERS });
    for (const { id, name, number } of page) yield { name, number, store: database.readingOnly(id) };
    const last = page.at(-1);
    if (page.length < CUSTOMERS || !last) return;
    after = { sortKey: last.sortKey, id: last.id };
  }
}
