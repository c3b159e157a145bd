/** Passkeys at central (WebAuthn): what the browser is asked, in the shapes of its own JSON, and what it answers. */
import Type, { type Static } from 'typebox';

const Nullable = <const S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
/** Credential ids are at most 1023 bytes (WebAuthn, 4. Terminology), in base64url. */
const CredentialId = Type.String({ minLength: 1, maxLength: 1364, pattern: '^[A-Za-z0-9_-]+$' });
const Bytes = (maxLength: number) => Type.String({ maxLength, pattern: '^[A-Za-z0-9_=-]*$' });
const Name = Type.String({ minLength: 1, maxLength: 64 });

export const PasskeyView = Type.Object({
  id: Type.String(),
  name: Type.String(),
  createdAt: Type.String(),
  lastUsed: Nullable(Type.String()),
});
export type PasskeyView = Static<typeof PasskeyView>;

/** GET /account/passkeys */
export const PasskeysView = Type.Object({
  passkeys: Type.Array(PasskeyView),
  /** Whether the account has a password beside them. */
  password: Type.Boolean(),
  /** Where passkeys work: the origin that the page must be open at; null: central has no such name. */
  origin: Nullable(Type.String()),
});
export type PasskeysView = Static<typeof PasskeysView>;

/** POST /account/passkeys/options: the password; null where the account has none and was signed in just now. */
export const PasskeyStart = Type.Object({ password: Nullable(Type.String({ maxLength: 255 })) });

const Descriptor = Type.Object({
  type: Type.Literal('public-key'),
  id: Type.String(),
  transports: Type.Optional(Type.Array(Type.String())),
});

/** PublicKeyCredentialCreationOptionsJSON */
export const PasskeyCreation = Type.Object({
  challenge: Type.String(),
  rp: Type.Object({ id: Type.String(), name: Type.String() }),
  user: Type.Object({ id: Type.String(), name: Type.String(), displayName: Type.String() }),
  pubKeyCredParams: Type.Array(Type.Object({ type: Type.Literal('public-key'), alg: Type.Integer() })),
  timeout: Type.Integer(),
  excludeCredentials: Type.Array(Descriptor),
  authenticatorSelection: Type.Object({
    residentKey: Type.String(),
    requireResidentKey: Type.Boolean(),
    userVerification: Type.String(),
  }),
  attestation: Type.String(),
});
export type PasskeyCreation = Static<typeof PasskeyCreation>;

/** POST /session/passkey/options: PublicKeyCredentialRequestOptionsJSON */
export const PasskeyQuestion = Type.Object({
  challenge: Type.String(),
  rpId: Type.String(),
  timeout: Type.Integer(),
  userVerification: Type.String(),
});
export type PasskeyQuestion = Static<typeof PasskeyQuestion>;

/** POST /account/passkeys: RegistrationResponseJSON; what more a browser tells is not looked at. */
export const PasskeyMade = Type.Object({
  name: Name,
  credential: Type.Object({
    id: CredentialId,
    rawId: CredentialId,
    type: Type.Literal('public-key'),
    response: Type.Object({
      clientDataJSON: Bytes(8192),
      attestationObject: Bytes(32_768),
      transports: Type.Optional(Type.Array(Type.String({ maxLength: 32 }), { maxItems: 10 })),
    }),
  }),
});
export type PasskeyMade = Static<typeof PasskeyMade>;

/** POST /session/passkey: AuthenticationResponseJSON */
export const PasskeyAnswer = Type.Object({
  credential: Type.Object({
    id: CredentialId,
    rawId: CredentialId,
    type: Type.Literal('public-key'),
    response: Type.Object({
      clientDataJSON: Bytes(8192),
      authenticatorData: Bytes(8192),
      signature: Bytes(8192),
      userHandle: Type.Optional(Nullable(Bytes(128))),
    }),
  }),
});
export type PasskeyAnswer = Static<typeof PasskeyAnswer>;
