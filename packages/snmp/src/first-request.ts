/** What a device of which nothing is known is sent first: for estimates, and to hear what ICMP says of it. */
import { BerWriter } from './ber.ts';
import type { Credential } from './engine.ts';
import type { Oid } from './oid.ts';
import { encodeRequest } from './request.ts';
import { encodeDiscovery } from './usm/message.ts';

/** Ids have 31 bits and are never negative: the largest takes as many octets as nearly all. */
const LARGEST_ID = 0x7fff_ffff;

export function encodeFirstRequest(credential: Credential, oids: readonly Oid[]): Uint8Array {
  const { version } = credential;
  if (version === 'v3') return encodeDiscovery(new BerWriter(), LARGEST_ID);
  const community = credential.community.reveal();
  return encodeRequest({
    version,
    community,
    pdu: 'get',
    requestId: LARGEST_ID,
    nonRepeaters: 0,
    maxRepetitions: 0,
    oids,
  });
}
