/** The browser's side of passkeys: central's question in, the device's answer out, both as WebAuthn's JSON. */
import type { PasskeyAnswer, PasskeyCreation, PasskeyMade, PasskeyQuestion } from '../api/central-api.ts';

/** `notGiven`: cancelled, or nobody came in time; the browser does not tell which. `held`: the device has one already. */
export type Given<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly why: 'notGiven' | 'held' };

/** Browsers know passkeys in a secure context alone. */
export const knowsPasskeys = (): boolean => 'PublicKeyCredential' in window && 'credentials' in navigator;

export async function makePasskey(asked: PasskeyCreation): Promise<Given<PasskeyMade['credential']>> {
  const { residentKey, userVerification } = asked.authenticatorSelection;
  const publicKey: PublicKeyCredentialCreationOptions = {
    rp: asked.rp,
    user: { ...asked.user, id: bytesOf(asked.user.id) },
    challenge: bytesOf(asked.challenge),
    pubKeyCredParams: [...asked.pubKeyCredParams],
    timeout: asked.timeout,
    excludeCredentials: asked.excludeCredentials.map(({ id }) => ({ type: 'public-key', id: bytesOf(id) })),
    authenticatorSelection: {
      residentKey: residentKey as ResidentKeyRequirement,
      requireResidentKey: true,
      userVerification: userVerification as UserVerificationRequirement,
    },
    attestation: 'none',
  };
  return given(
    () => navigator.credentials.create({ publicKey }),
    (credential) => {
      const response = credential.response as AuthenticatorAttestationResponse;
      return {
        ...headOf(credential),
        response: {
          clientDataJSON: textOf(response.clientDataJSON),
          attestationObject: textOf(response.attestationObject),
          transports: response.getTransports(),
        },
      };
    },
  );
}

/** Whether the browser offers passkeys among what it fills into a name field; an address of digits has none (WebAuthn §5.1.2). */
export async function offersPasskeys(): Promise<boolean> {
  if (!knowsPasskeys() || /^[\d.]+$|^\[/.test(location.hostname)) return false;
  return (await PublicKeyCredential.isConditionalMediationAvailable?.()) ?? false;
}

/** `quiet`: only where the person chooses one at the name field, until `quiet` is aborted; else the browser asks at once. */
export async function answerByPasskey(
  asked: PasskeyQuestion,
  quiet?: AbortSignal,
): Promise<Given<PasskeyAnswer['credential']>> {
  const publicKey = { ...asked, challenge: bytesOf(asked.challenge) } as PublicKeyCredentialRequestOptions;
  return given(
    () => navigator.credentials.get({ publicKey, ...(quiet && { mediation: 'conditional', signal: quiet }) }),
    (credential) => {
      const response = credential.response as AuthenticatorAssertionResponse;
      return {
        ...headOf(credential),
        response: {
          clientDataJSON: textOf(response.clientDataJSON),
          authenticatorData: textOf(response.authenticatorData),
          signature: textOf(response.signature),
          userHandle: response.userHandle && textOf(response.userHandle),
        },
      };
    },
  );
}

const headOf = ({ id, rawId }: PublicKeyCredential) => ({ id, rawId: textOf(rawId), type: 'public-key' as const });

async function given<T>(
  ask: () => Promise<Credential | null>,
  told: (credential: PublicKeyCredential) => T,
): Promise<Given<T>> {
  try {
    const credential = await ask();
    if (credential === null) return { ok: false, why: 'notGiven' };
    return { ok: true, value: told(credential as PublicKeyCredential) };
  } catch (error) {
    const isHeld = error instanceof DOMException && error.name === 'InvalidStateError';
    return { ok: false, why: isHeld ? 'held' : 'notGiven' };
  }
}

// Base64url by hand: `Uint8Array.fromBase64` is younger than the browsers that are to work.
function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
}

function textOf(bytes: ArrayBuffer): string {
  const letters = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join('');
  return btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
