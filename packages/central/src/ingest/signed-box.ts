/** Which box signed a request: known, not revoked, with the key that it has now. */
import { type Fault, fault } from '@rsb/contract';
import { failure, type Outcome, success } from '@rsb/runtime';
import type { BoxRow } from '../store/customer-boxes.ts';
import type { CentralDatabase, CustomerStore } from '../store/database.ts';
import { digestFits } from './content-digest.ts';
import { claimedAgent, type SignedRequest, signatureFits } from './signature.ts';

export interface SignedBox {
  readonly store: CustomerStore;
  readonly box: BoxRow;
}

export async function findSignedBox(
  database: CentralDatabase,
  request: SignedRequest,
  body: Uint8Array,
): Promise<Outcome<SignedBox, Fault>> {
  if (!digestFits(request.headers['content-digest'], body)) return failure(fault('digestMismatch'));
  const agent = await claimedAgent(request);
  if (!agent) return failure(fault('signatureInvalid'));
  const customer = await database.acrossCustomers.findAgentOwner(agent);
  if (customer === undefined) return failure(fault('boxUnknown'));
  const store = database.forCustomer(customer);
  const box = await store.boxes.find(agent);
  if (!box) return failure(fault('boxUnknown'));
  if (!(await signatureFits(request, box.public_key))) {
    return failure(fault((await isRetired(store, agent, request)) ? 'boxRevoked' : 'signatureInvalid'));
  }
  if (box.revoked_at !== null || box.left_at !== null) return failure(fault('boxRevoked'));
  return success({ store, box });
}

/** A box that another one took the place of: it is told so, and not that its signature is wrong. */
async function isRetired(store: CustomerStore, agent: string, request: SignedRequest): Promise<boolean> {
  for (const key of await store.boxes.retiredKeys(agent)) if (await signatureFits(request, key)) return true;
  return false;
}
