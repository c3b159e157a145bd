/** Backup and restore of the settings. */
import { BackupRequest, fault, RestoreRequest } from '@rsb/contract';
import type { Api, ApiDeps } from '../api-deps.ts';
import { refuse } from '../problems.ts';
import { revisionOf } from '../revision.ts';

export function addBackupRoutes(api: Api, { backup, changeLog }: ApiDeps): void {
  api.post('/backup', { config: { boxAccess: 'session' }, schema: { body: BackupRequest } }, async (request, reply) => {
    const made = await backup.make(request.body.passphrase);
    if (!made.ok) return refuse(reply, made.error);
    changeLog.append(request.who, [
      { path: '/backup', old: '', new: made.value.secrets === null ? 'settings' : 'settings, secrets' },
    ]);
    return made.value;
  });

  api.post(
    '/restore/check',
    { config: { boxAccess: 'session' }, schema: { body: RestoreRequest } },
    async (request, reply) => {
      const checked = await backup.check(request.body.file, request.body.passphrase);
      return checked.ok ? checked.value : refuse(reply, checked.error);
    },
  );

  api.post(
    '/restore',
    { config: { boxAccess: 'session' }, schema: { body: RestoreRequest } },
    async (request, reply) => {
      const wanted = request.headers['if-match'];
      if (wanted === undefined) return refuse(reply, fault('revisionMissing'));
      const restored = await backup.restore({ ...request.body, basedOn: revisionOf(wanted) }, request.who);
      return restored.ok ? restored.value : refuse(reply, restored.error);
    },
  );
}
