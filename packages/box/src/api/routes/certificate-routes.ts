/** The certificate of the local page. */
import { CertificateInput, type CertificateView, fault } from '@rsb/contract';
import type { FastifyRequest } from 'fastify';
import type { Api, ApiDeps } from '../api-deps.ts';
import { refuse } from '../problems.ts';

export function addCertificateRoutes(api: Api, { certificates, changeLog }: ApiDeps): void {
  api.get('/certificate', { config: { boxAccess: 'session' } }, () => certificates.view());

  api.put('/certificate', { config: { boxAccess: 'admin' }, schema: { body: CertificateInput } }, (request, reply) => {
    const before = certificates.view();
    if (isOther(request, before)) return refuse(reply, fault('changedElsewhere'));
    const used = certificates.useCustomers(request.body);
    if (!used.ok) return refuse(reply, used.error);
    const after = certificates.view();
    changeLog.append(request.who, [{ path: '/certificate', old: before.subject, new: after.subject }]);
    return after;
  });

  api.delete('/certificate', { config: { boxAccess: 'admin' } }, (request, reply) => {
    const before = certificates.view();
    if (isOther(request, before)) return refuse(reply, fault('changedElsewhere'));
    certificates.useOwn();
    const after = certificates.view();
    changeLog.append(request.who, [{ path: '/certificate', old: before.subject, new: after.subject }]);
    return after;
  });
}

/** Whether the page showed another one, by the fingerprint in If-Match; who names none takes what there is. */
const isOther = ({ headers }: FastifyRequest, { fingerprint }: CertificateView): boolean =>
  headers['if-match'] !== undefined && headers['if-match'] !== `"${fingerprint}"`;
