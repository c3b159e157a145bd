/**
 * What central proposes to a box and the box fetches (nothing comes in): settings, commands, notes, the machines that should
 * be there. `GET /api/v1/box/proposals`, signed by the box like a report; the answer is signed by central's pinned key.
 */
import Type, { type Static } from 'typebox';
import { AgentNumber, DeviceNote, Digest, EnrolmentAnswer, LocalDeviceId } from './item.ts';
import { parserOf } from './parse.ts';
import { CONTRACT_VERSION, InstantText } from './reading.ts';
import { CredentialInput, RangeSetting, SettingsInput } from './settings.ts';

const { snmpPort, packetsPerSecond, kilobytesPerHour, times, language, zone, supplyMark, central, proxyPassword } =
  SettingsInput.properties;

/**
 * The settings that central may propose. What the customer alone decides is not among them: what is withheld, who may read
 * the pages, where the box reports to, and what central may do.
 */
export const ProposedSettings = Type.Object(
  {
    /** In the place of all ranges that the box has. */
    ranges: Type.Optional(Type.Array(RangeSetting, { maxItems: 500 })),
    /** Beside those that the box has; one with the same id takes its place. */
    credentials: Type.Optional(Type.Array(CredentialInput, { maxItems: 50 })),
    snmpPort: Type.Optional(snmpPort),
    packetsPerSecond: Type.Optional(packetsPerSecond),
    kilobytesPerHour,
    times: Type.Optional(times),
    language: Type.Optional(language),
    zone: Type.Optional(zone),
    supplyMark: Type.Optional(supplyMark),
    proxy: Type.Optional(central.properties.proxy),
    proxyPassword,
  },
  { additionalProperties: false },
);
export type ProposedSettings = Static<typeof ProposedSettings>;
export const parseProposedSettings = parserOf(ProposedSettings);

export const ProposalId = Type.String({ pattern: '^[0-9a-f]{16}$' });
const AddressText = Type.String({ minLength: 2, maxLength: 45 });

/** `capture` is of a machine that the box knows; its file comes with the result. Older boxes refuse it as unknown. */
export const Command = Type.Union([
  Type.Object({ do: Type.Literal('scan') }, { additionalProperties: false }),
  Type.Object({ do: Type.Literal('read'), device: LocalDeviceId }, { additionalProperties: false }),
  Type.Object({ do: Type.Literal('test'), address: AddressText }, { additionalProperties: false }),
  Type.Object({ do: Type.Literal('capture'), address: AddressText }, { additionalProperties: false }),
]);
export type Command = Static<typeof Command>;

const proposalHead = {
  id: ProposalId,
  proposedAt: InstantText,
  /** By central's clock, as `issuedAt`: the difference of the two is how long it still holds. */
  endsAt: InstantText,
  /** Who proposed it, by name. */
  by: Type.String({ maxLength: 255 }),
};
export const Proposal = Type.Union([
  /** `sealed`: the JSON of ProposedSettings under the key that the box named with its question. */
  Type.Object({ ...proposalHead, kind: Type.Literal('settings'), sealed: Type.String({ maxLength: 400_000 }) }),
  Type.Object({ ...proposalHead, kind: Type.Literal('command'), command: Command }),
]);
export type Proposal = Static<typeof Proposal>;
export const parseProposal = parserOf(Proposal);

/** Enough of a proposal to answer it, whatever it is. */
export const ProposalHead = Type.Object({ id: ProposalId });
export const parseProposalHead = parserOf(ProposalHead);

const Told = Type.Union([Type.String({ maxLength: 255 }), Type.Null()]);
export const ExpectedHere = Type.Object({
  serial: Type.String({ minLength: 1, maxLength: 255 }),
  manufacturer: Told,
  model: Told,
  serviceId: Told,
});
export type ExpectedHere = Static<typeof ExpectedHere>;

export const MOST_PROPOSALS = 50;
export const MOST_NOTES_TOLD = 500;
export const MOST_EXPECTED_TOLD = 2000;

export const ProposalAnswer = Type.Object({
  contract: Type.Literal(CONTRACT_VERSION),
  box: AgentNumber,
  /** What the box asked with: an answer of another day cannot be played again. */
  ask: Type.String({ maxLength: 64 }),
  issuedAt: InstantText,
  dealer: EnrolmentAnswer.properties.dealer,
  customer: EnrolmentAnswer.properties.customer,
  /** All that is open: what is not among them any more has ended. Each is judged by itself. */
  proposals: Type.Array(Type.Unknown(), { maxItems: MOST_PROPOSALS }),
  /** Notes that this box has not confirmed yet. */
  notes: Type.Array(DeviceNote, { maxItems: MOST_NOTES_TOLD }),
  /** null: as the box knows it already, by the digest it named. */
  expected: Type.Union([
    Type.Object({ digest: Digest, machines: Type.Array(ExpectedHere, { maxItems: MOST_EXPECTED_TOLD }) }),
    Type.Null(),
  ]),
  /** Ed25519 by central's key over the UTF-8 of `proposalText`, base64. */
  signature: Type.String({ maxLength: 200 }),
});
export type ProposalAnswer = Static<typeof ProposalAnswer>;
export const parseProposalAnswer = parserOf(ProposalAnswer);

/** GET /api/v1/box/proposals: `ask` drawn anew each time, `key` an X25519 public key (raw, base64url) for what is sealed. */
export const ProposalQuery = Type.Object({
  ask: Type.String({ pattern: '^[0-9a-f]{16,64}$' }),
  key: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }),
  expected: Type.Optional(Type.String({ maxLength: 100 })),
});
export type ProposalQuery = Static<typeof ProposalQuery>;
