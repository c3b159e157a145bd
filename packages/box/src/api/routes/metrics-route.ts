/** `/metrics`: for who may read the pages, and only where the settings switch it on. */
import { fault } from '@rsb/contract';
import { metricsText } from '../../metrics/index.ts';
import type { Api, ApiDeps } from '../api-deps.ts';
import { refuse } from '../problems.ts';

export function addMetricsRoute(app: Api, { service, settings }: ApiDeps): void {
  app.get('/metrics', { config: { boxAccess: 'reading' } }, async (_request, reply) => {
    if (!settings.document.metrics) return refuse(reply, fault('notFound'));
    const { text, type } = await metricsText({
      devices: service.deviceList().devices,
      health: service.health.view(),
      agent: service.view({ signedIn: false, mayRead: true }).agent,
      today: service.disclosure.summary().today,
    });
    return reply.header('cache-control', 'no-store').type(type).send(text);
  });
}
