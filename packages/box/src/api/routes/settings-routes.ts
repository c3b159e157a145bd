/** Settings, ranges as they are typed, the machine's networks, and the change log. */
import {
  type ChangeList,
  fault,
  type NetworkList,
  type RangeCheck,
  RangeCheckRequest,
  SettingsInput,
} from '@rsb/contract';
import { isoInstant } from '@rsb/runtime';
import { parseRange } from '../../range/index.ts';
import { publicPart } from '../../settings/index.ts';
import type { Api, ApiDeps } from '../api-deps.ts';
import { refuse } from '../problems.ts';
import { revisionOf } from '../revision.ts';

const LATEST_CHANGES = 200;

export function addSettingsRoutes(api: Api, { settings, changeLog, service }: ApiDeps): void {
  const etag = () => `"${settings.revision}"`;

  api.get('/settings', { config: { boxAccess: 'session' } }, (_request, reply) => {
    reply.header('etag', etag());
    return settings.view();
  });

  api.put('/settings', { config: { boxAccess: 'session' }, schema: { body: SettingsInput } }, (request, reply) => {
    const wanted = request.headers['if-match'];
    if (wanted === undefined) return refuse(reply, fault('revisionMissing'));
    const saved = settings.save(request.body, revisionOf(wanted), request.who);
    if (!saved.ok) return refuse(reply, saved.error);
    reply.header('etag', etag());
    return settings.view();
  });

  api.post(
    '/ranges/check',
    { config: { boxAccess: 'session' }, schema: { body: RangeCheckRequest } },
    (request, reply) => {
      const parsed = parseRange(request.body.range);
      if (!parsed.ok) return refuse(reply, { ...parsed.error, field: '/range' });
      const range = parsed.value;
      const outside = publicPart(range);
      if (outside) return refuse(reply, fault('rangePublic', { range: outside }, '/range'));
      const { count: addresses, first, last, normalized } = range;
      return { addresses, first, last, normalized } satisfies RangeCheck;
    },
  );

  api.get(
    '/networks',
    { config: { boxAccess: 'session' } },
    (): NetworkList => ({ networks: [...service.networks()] }),
  );

  api.get(
    '/changes',
    { config: { boxAccess: 'session' } },
    (): ChangeList => ({
      changes: changeLog
        .latest(LATEST_CHANGES)
        .map(({ at, who, path, old, new: fresh }) => ({ at: isoInstant(at), who, path, old, new: fresh })),
    }),
  );
}
