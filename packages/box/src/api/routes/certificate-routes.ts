/** The certificate of the local page. */
import { CertificateInput } from '@rsb/contract';
import type { Api, ApiDeps } from '../api-deps.ts';
import { refuse } from '../problems.ts';

export function addCertificateRoutes(api: Api, { certificates, changeLog }: ApiDeps): void {
  api.get('/certificate', { config: { boxAccess: 'session' } }, () => certificates.view());

  api.put('/certificate', { config: { boxAccess: 'admin' }, schema: { body: CertificateInput } }, (request, reply) => {
    const before = certificates.view();
    const used = certificates.useCustomers(request.body);
    if (!used.ok) return refuse(reply, used.error);
    const after = certificates.view();
    changeLog.append(request.who, [{ path: '/certificate', old: before.subject, new: after.subject }]);
    return after;
  });

  api.delete('/certificate', { config: { boxAccess: 'admin' } }, (request) => {
    const before = certificates.view();
    certificates.useOwn();
    const after = certificates.view();
    changeLog.append(request.who, [{ path: '/certificate', old: before.subject, new: after.subject }]);
    return after;
  });
}
