/** What left the building: payloads and receipts, what waits, objects asked, and what may leave from now on. */
import { FromCentral, fault, KeepSent, Withhold } from '@rsb/contract';
import Type from 'typebox';
import { exportName, sentCsv, sinceDays } from '../../disclosure/index.ts';
import type { Api, ApiDeps } from '../api-deps.ts';
import { refuse } from '../problems.ts';

/** Queries are text: numbers are read here, since validation coerces nothing. */
const Digits = Type.String({ pattern: '^[0-9]{1,15}$' });
const SearchQuery = Type.Object({
  search: Type.Optional(Type.String({ maxLength: 200 })),
  before: Type.Optional(Digits),
  limit: Type.Optional(Digits),
  days: Type.Optional(Digits),
});
const ExportQuery = Type.Pick(SearchQuery, ['search', 'days']);
const PageQuery = Type.Pick(SearchQuery, ['before', 'limit']);
const ById = Type.Object({ id: Digits });
const DisclosureChange = Type.Object({
  withhold: Type.Optional(Withhold),
  keepSent: Type.Optional(KeepSent),
  metrics: Type.Optional(Type.Boolean()),
  fromCentral: Type.Optional(FromCentral),
});

const USUAL_LIMIT = 50;
const MOST = 200;
const limitOf = (limit: string | undefined): number => Math.min(MOST, Math.max(1, Number(limit ?? USUAL_LIMIT)));

export function addDisclosureRoutes(api: Api, { service, settings, clock }: ApiDeps): void {
  const { disclosure } = service;
  const wanted = ({ search, before, days }: { search?: string; before?: string; days?: string }) => ({
    ...(search !== undefined && { search }),
    ...(before !== undefined && { before: Number(before) }),
    ...(days !== undefined && { since: sinceDays(Number(days), clock.now()) }),
  });

  api.get('/sent/summary', { config: { boxAccess: 'reading' } }, () => disclosure.summary());

  api.get('/sent', { config: { boxAccess: 'reading' }, schema: { querystring: SearchQuery } }, (request) =>
    disclosure.sent({ ...wanted(request.query), limit: limitOf(request.query.limit) }),
  );

  api.get(
    '/sent/export.csv',
    { config: { boxAccess: 'reading' }, schema: { querystring: ExportQuery } },
    async (request, reply) => {
      const { payloads } = await disclosure.allSent(wanted(request.query));
      return attached(reply, exportName('sent', clock.now(), 'csv'), 'text/csv; charset=utf-8').send(sentCsv(payloads));
    },
  );

  api.get('/sent/waiting', { config: { boxAccess: 'reading' }, schema: { querystring: PageQuery } }, (request) => {
    const { before, limit } = request.query;
    return disclosure.waiting({ ...(before !== undefined && { before: Number(before) }), limit: limitOf(limit) });
  });

  api.get('/sent/:id', { config: { boxAccess: 'reading' }, schema: { params: ById } }, (request, reply) => {
    const payload = disclosure.payload(Number(request.params.id));
    return payload ?? refuse(reply, fault('notFound'));
  });

  api.get(
    '/sent/:id/payload.json',
    { config: { boxAccess: 'reading' }, schema: { params: ById } },
    (request, reply) => {
      const payload = disclosure.payload(Number(request.params.id));
      if (!payload) return refuse(reply, fault('notFound'));
      return attached(reply, `payload-${request.params.id}.json`, 'application/json; charset=utf-8').send(payload.text);
    },
  );

  api.get('/objects', { config: { boxAccess: 'reading' } }, () => disclosure.objects());

  api.put('/disclosure', { config: { boxAccess: 'admin' }, schema: { body: DisclosureChange } }, (request, reply) => {
    const revision = request.headers['if-match'];
    if (revision !== undefined && revision !== `"${settings.revision}"`) return refuse(reply, fault('settingsStale'));
    const { withhold, keepSent, metrics, fromCentral } = request.body;
    disclosure.change(
      {
        ...(withhold && { withhold: { ...settings.document.withhold, ...withhold } }),
        ...(keepSent && { keepSent }),
        ...(metrics !== undefined && { metrics }),
        ...(fromCentral && { fromCentral }),
      },
      request.who,
    );
    return disclosure.summary();
  });
}

/** As a file, never shown by the browser itself. */
const attached = <R extends { header(name: string, value: string): R; type(value: string): R }>(
  reply: R,
  name: string,
  type: string,
): R => reply.header('content-disposition', `attachment; filename="${name}"`).type(type);
