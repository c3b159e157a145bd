/** The box's question for what central proposes: signed like a report, and only an answer to this very question counts. */
import { verify } from 'node:crypto';
import { fault, type ProposalAnswer, parseProposalAnswer } from '@rsb/contract';
import { proposalText } from '@rsb/contract/proposal-seal';
import { type Clock, failure, type Outcome, success } from '@rsb/runtime';
import { foreignAnswer, type LineFailure } from './answer.ts';
import type { Line } from './line.ts';
import { parseCentralKey, type ReportSender } from './report.ts';
import { signRequest } from './signature.ts';

export interface Question {
  /** Drawn for this question alone, hex. */
  readonly ask: string;
  /** X25519, raw in base64url: what is secret in the answer is sealed for it. */
  readonly key: string;
  /** Digest of the expected machines as the box knows them. */
  readonly expected: string | null;
}

const NO_BODY = Buffer.alloc(0);

export async function askProposals(
  line: Line,
  sender: ReportSender,
  { ask, key, expected }: Question,
  clock: Clock,
  signal?: AbortSignal,
): Promise<Outcome<ProposalAnswer, LineFailure>> {
  const query = new URLSearchParams({ ask, key, ...(expected !== null && { expected }) });
  const url = line.target(`/api/v1/box/proposals?${query}`);
  const headers = await signRequest(
    { method: 'GET', url, headers: {}, body: NO_BODY },
    { keyid: sender.agent, privateKey: sender.privateKey },
    clock.now(),
  );
  const answer = await line.ask({ method: 'GET', url, headers, ...(signal ? { signal } : {}) });
  if (!answer.ok) return answer;
  const parsed = parseProposalAnswer(answer.value);
  if (!parsed.ok) return failure(foreignAnswer(line.host));
  const { value } = parsed;
  if (value.box !== sender.agent || value.ask !== ask || !isSignedBy(value, sender.centralKey)) {
    return failure({ fault: fault('proposalSignatureInvalid'), status: 200, retryAfter: null });
  }
  return success(value);
}

function isSignedBy(answer: ProposalAnswer, centralKey: string): boolean {
  const key = parseCentralKey(centralKey);
  return key !== null && verify(null, Buffer.from(proposalText(answer)), key, Buffer.from(answer.signature, 'base64'));
}
