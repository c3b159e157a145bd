/** Addresses that are no known machine: who answers a ping only, and why one is not read. */
import { TestRequest } from '@rsb/contract';
import type { Api, ApiDeps } from '../api-deps.ts';
import { refuse } from '../problems.ts';

export function addAddressRoutes(api: Api, { service }: ApiDeps): void {
  api.get('/ping-only', { config: { boxAccess: 'session' } }, () => service.addresses.pingOnly());

  api.post('/test', { config: { boxAccess: 'session' }, schema: { body: TestRequest } }, async (request, reply) => {
    const tested = await service.addresses.test(request.body.address);
    return tested.ok ? tested.value : refuse(reply, tested.error);
  });
}
