/**
 * A report from its bytes to its signed receipt. The order is the safety: size, digest of the bytes, signature, and only
 * then is anything inflated, parsed, judged item by item, stored, and acknowledged.
 */
import { sign } from 'node:crypto';
import { setImmediate as othersFirst } from 'node:timers/promises';
import { type Fault, fault, parseReport, type Receipt, receiptText } from '@rsb/contract';
import { type Clock, failure, type Log, type Outcome, type Random, success } from '@rsb/runtime';
import type { CentralKey } from '../key-file.ts';
import type { CentralDatabase, CustomerStore } from '../store/database.ts';
import { digestFits } from './content-digest.ts';
import { inflate, LARGEST_BODY } from './inflate.ts';
import { sliceItems } from './item-slices.ts';
import { type JudgedItem, judgeItem } from './judge-item.ts';
import { claimedAgent, type SignedRequest, signatureFits } from './signature.ts';
import { storeReport } from './store-report.ts';

/** Then whoever asks in between is answered: a full report takes long enough to be felt. */
const JUDGED_AT_ONCE = 50;

export interface ReportRequest extends SignedRequest {
  readonly body: Buffer;
}

export interface IngestNeeds {
  readonly database: CentralDatabase;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly key: CentralKey;
}

export type ReceiveReport = (request: ReportRequest) => Promise<Outcome<Receipt, Fault>>;

export function createIngest({ database, clock, random, log, key }: IngestNeeds): ReceiveReport {
  return async (request) => {
    const { body, headers } = request;
    if (body.length > LARGEST_BODY) return failure(fault('bodyTooLarge'));
    if (!digestFits(headers['content-digest'], body)) return failure(fault('digestMismatch'));

    const agent = await claimedAgent(request);
    if (!agent) return failure(fault('signatureInvalid'));
    const customer = await database.acrossCustomers.findAgentOwner(agent);
    if (customer === undefined) return failure(fault('boxUnknown'));
    const store = database.forCustomer(customer);
    const box = await store.boxes.find(agent);
    if (!box) return failure(fault('boxUnknown'));
    if (!(await signatureFits(request, box.public_key)))
      return failure(fault((await isRetired(store, agent, request)) ? 'boxRevoked' : 'signatureInvalid'));
    if (box.revoked_at !== null) return failure(fault('boxRevoked'));

    const plain = await inflate(headers['content-encoding'], body);
    if (!plain.ok) return plain;
    const report = parseReportText(plain.value);
    if (!report.ok) return report;
    // The signature is that of another box than the one that the report speaks for.
    if (report.value.box !== agent) return failure(fault('signatureInvalid'));
    const slices = sliceItems(plain.value);
    if (slices.length !== report.value.items.length) return failure(fault('reportInvalid', { detail: '/items' }));

    const judged: JudgedItem[] = [];
    for (const [index, slice] of slices.entries()) {
      if (index % JUDGED_AT_ONCE === JUDGED_AT_ONCE - 1) await othersFirst();
      judged.push(judgeItem(slice, report.value.items[index]));
    }
    const former = (await database.acrossCustomers.formerOwners(agent))
      .filter((owner) => owner !== customer)
      .map(database.forCustomer);
    const results = await storeReport({ store, former, agent, clock, random, log }, judged);
    const signature = sign(null, Buffer.from(receiptText({ box: agent, results })), key.privateKey).toString('base64');
    return success({ box: agent, results, signature });
  };
}

/** A box that another one took the place of: it is told so, and not that its signature is wrong. */
async function isRetired(store: CustomerStore, agent: string, request: SignedRequest): Promise<boolean> {
  for (const key of await store.boxes.retiredKeys(agent)) if (await signatureFits(request, key)) return true;
  return false;
}

function parseReportText(text: Buffer): Outcome<{ readonly box: string; readonly items: readonly unknown[] }, Fault> {
  let value: unknown;
  try {
    value = JSON.parse(text.toString('utf8'));
  } catch {
    return failure(fault('reportInvalid', { detail: 'JSON' }));
  }
  const report = parseReport(value);
  if (report.ok) return report;
  return failure(fault('reportInvalid', { detail: report.error[0]?.path ?? '' }));
}
