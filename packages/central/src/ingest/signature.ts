/**
 * Who signed a request (RFC 9421, Ed25519). Covered must be method, target URI and content digest. Neither `created` nor
 * the clock decides anything: a box with a wrong clock is heard, and a repeat is harmless.
 */
import { createPublicKey, verify } from 'node:crypto';
import { httpbis } from 'http-message-signatures';

export interface SignedRequest {
  readonly method: string;
  /** The URI as the sender means it, not as a proxy rewrote it. */
  readonly targetUri: string;
  readonly headers: Readonly<Record<string, string>>;
}

const COVERED = ['@method', '@target-uri', 'content-digest'];

/** The agent number that the signature claims, undefined where there is not exactly one signature with one. */
export async function claimedAgent(request: SignedRequest): Promise<string | undefined> {
  const claims: unknown[] = [];
  await judge(request, async ({ keyid }) => {
    claims.push(keyid);
    return null;
  });
  const [agent] = claims;
  return claims.length === 1 && typeof agent === 'string' && /^[0-9]{9}$/.test(agent) ? agent : undefined;
}

export async function signatureFits(request: SignedRequest, publicKey: string): Promise<boolean> {
  const key = createPublicKey(publicKey);
  return judge(request, async () => ({
    algs: ['ed25519'],
    verify: async (data, signature) => verify(null, data, key, signature),
  }));
}

async function judge(
  { method, targetUri, headers }: SignedRequest,
  keyLookup: Parameters<typeof httpbis.verifyMessage>[0]['keyLookup'],
): Promise<boolean> {
  try {
    const verdict = await httpbis.verifyMessage(
      // Without end: the library would hold `created`, and an `expires` that somebody adds, against this machine's clock.
      { keyLookup, requiredFields: COVERED, notAfter: Number.POSITIVE_INFINITY, tolerance: Number.POSITIVE_INFINITY },
      { method, url: targetUri, headers: { ...headers } },
    );
    // The library answers false or null for a signature that does not fit, and throws for one that is malformed.
    return verdict === true;
  } catch {
    return false;
  }
}
