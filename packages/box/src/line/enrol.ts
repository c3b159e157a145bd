/** Enrolment: a one-time code and the box's public key against an agent number and central's key. */
import { CONTRACT_VERSION, type EnrolmentAnswer, type Fault, parseEnrolmentAnswer } from '@rsb/contract';
import { failure, type Outcome, success } from '@rsb/runtime';
import { foreignAnswer } from './answer.ts';
import type { Line } from './line.ts';
import { parseCentralKey } from './report.ts';

const NOT_FOUND = 404;

export interface EnrolmentOffer {
  readonly code: string;
  /** SPKI in PEM. */
  readonly publicKey: string;
  readonly version: string;
}

export async function enrol(line: Line, offer: EnrolmentOffer): Promise<Outcome<EnrolmentAnswer, Fault>> {
  const answer = await line.ask({
    method: 'POST',
    url: line.target('/api/v1/enrolments'),
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify({ contract: CONTRACT_VERSION, ...offer })),
  });
  if (!answer.ok) {
    const { fault, status } = answer.error;
    // Central has this route: whoever does not is another server, perhaps another box.
    return failure(status === NOT_FOUND ? foreignAnswer(line.host).fault : fault);
  }
  const parsed = parseEnrolmentAnswer(answer.value);
  return parsed.ok && parseCentralKey(parsed.value.centralKey)
    ? success(parsed.value)
    : failure(foreignAnswer(line.host).fault);
}
