/** How the box is: for whoever may read; self-test and log are for who signed in. */
import { LineCheckRequest, LOG_LEVELS } from '@rsb/contract';
import { localeFrom } from '@rsb/messages';
import Type from 'typebox';
import type { Api, ApiDeps } from '../api-deps.ts';

const LogQuery = Type.Object({
  level: Type.Optional(Type.Enum(LOG_LEVELS)),
  limit: Type.Optional(Type.String({ pattern: '^[0-9]{1,4}$' })),
});
const USUAL_LINES = 200;

export function addHealthRoutes(api: Api, { service, settings }: ApiDeps): void {
  const { health } = service;
  api.get('/health', { config: { boxAccess: 'reading' } }, () => health.view());

  api.post('/health/test', { config: { boxAccess: 'session' } }, (request) => {
    const locale = localeFrom(request.headers['accept-language'], settings.document.language);
    return health.selfTest(locale, request.socket.localPort ?? 0);
  });

  api.post(
    '/line-check',
    { config: { boxAccess: 'session' }, schema: { body: LineCheckRequest } },
    async (request, reply) => {
      const locale = localeFrom(request.headers['accept-language'], settings.document.language);
      // Written as it comes: the answer would wait for its end otherwise.
      reply.hijack();
      const out = reply.raw;
      for (const [name, value] of Object.entries(reply.getHeaders())) {
        if (value !== undefined) out.setHeader(name, value);
      }
      out.writeHead(200, { 'content-type': 'application/x-ndjson; charset=utf-8' });
      // Who asked may have left.
      out.on('error', () => {});
      const { url } = request.body;
      try {
        await health.lineCheck(locale, url?.trim() || null, (finding) => out.write(`${JSON.stringify(finding)}\n`));
      } finally {
        out.end();
      }
    },
  );

  api.get('/health/log', { config: { boxAccess: 'session' }, schema: { querystring: LogQuery } }, (request) => {
    const { level = 'info', limit } = request.query;
    return health.log(level, Math.max(1, Number(limit ?? USUAL_LINES)));
  });
}
