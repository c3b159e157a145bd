/** What the box puts onto the network: the estimate of a range in hand, and what was measured. */
import { EstimateRequest } from '@rsb/contract';
import Type from 'typebox';
import { MOST_LOAD_DAYS } from '../../store/load.ts';
import type { Api, ApiDeps } from '../api-deps.ts';
import { refuse } from '../problems.ts';

const DEFAULT_DAYS = 31;
/** A query's numbers come as text and are not made to fit. */
const DaysQuery = Type.Object({ days: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,2}$' })) });

export function addLoadRoutes(api: Api, { service }: ApiDeps): void {
  api.post(
    '/ranges/estimate',
    { config: { boxAccess: 'session' }, schema: { body: EstimateRequest } },
    (request, reply) => {
      const reckoned = service.loadPages.estimate(request.body);
      return reckoned.ok ? reckoned.value : refuse(reply, reckoned.error);
    },
  );

  api.get('/load', { config: { boxAccess: 'reading' }, schema: { querystring: DaysQuery } }, (request) =>
    service.loadPages.load(Math.min(MOST_LOAD_DAYS, Number(request.query.days ?? DEFAULT_DAYS))),
  );
}
