/** What central proposes, as the pages of both sides see it: without secrets, with what became of it. */
import Type, { type Static } from 'typebox';
import { FromCentral } from '../disclosure.ts';
import { Command, ProposalId, ProposedSettings } from '../proposals.ts';
import { CredentialView } from '../settings.ts';

const Nullable = <const S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const Code = Nullable(Type.String());

/** Proposed settings without their secrets. */
export const ProposedSettingsView = Type.Object({
  ...Type.Omit(ProposedSettings, ['credentials', 'proxyPassword']).properties,
  credentials: Type.Optional(Type.Array(CredentialView)),
  proxyPasswordSet: Type.Boolean(),
});
export type ProposedSettingsView = Static<typeof ProposedSettingsView>;

export const PROPOSAL_RESULTS = ['done', 'refused', 'failed', 'ended'] as const;

/** Box: GET /proposals */
export const BoxProposalView = Type.Object({
  id: ProposalId,
  by: Type.String(),
  proposedAt: Type.String(),
  receivedAt: Type.String(),
  endsAt: Type.String(),
  /** `waiting`: for a person's yes or no. */
  state: Type.Enum(['waiting', 'running', ...PROPOSAL_RESULTS] as const),
  code: Code,
  answeredAt: Nullable(Type.String()),
  /** Address of the person who answered, or `settings` where the switch did; null while it waits. */
  answeredBy: Nullable(Type.String()),
  settings: Nullable(ProposedSettingsView),
  command: Nullable(Command),
});
export type BoxProposalView = Static<typeof BoxProposalView>;
export const BoxProposalList = Type.Object({
  fromCentral: FromCentral,
  /** Waiting ones first, then the latest that were answered. */
  proposals: Type.Array(BoxProposalView),
});
export type BoxProposalList = Static<typeof BoxProposalList>;
/** Box: POST /proposals/:id/answer */
export const ProposalAnswerRequest = Type.Object({ accept: Type.Boolean() }, { additionalProperties: false });

/** Box: GET /expected; null where central knows of none. */
export const ExpectedView = Type.Object({
  expected: Nullable(Type.Integer()),
  found: Type.Integer(),
  missing: Type.Array(
    Type.Object({
      serial: Type.String(),
      manufacturer: Nullable(Type.String()),
      model: Nullable(Type.String()),
      serviceId: Nullable(Type.String()),
    }),
  ),
});
export type ExpectedView = Static<typeof ExpectedView>;

/** Central: POST /customers/:customer/boxes/:agent/proposals */
export const ProposalRequest = Type.Object(
  {
    /** One of the two. */
    settings: Type.Optional(ProposedSettings),
    command: Type.Optional(Command),
    /** A machine by central's id, in the place of `command.device`. */
    read: Type.Optional(Type.String({ maxLength: 20 })),
    hours: Type.Optional(Type.Integer({ minimum: 1, maximum: 720 })),
  },
  { additionalProperties: false },
);
export type ProposalRequest = Static<typeof ProposalRequest>;

/** Central: GET /customers/:customer/boxes/:agent/proposals, newest first */
export const CentralProposalView = Type.Object({
  id: ProposalId,
  by: Type.String(),
  proposedAt: Type.String(),
  endsAt: Type.String(),
  /** When the box first fetched it. */
  fetchedAt: Nullable(Type.String()),
  answeredAt: Nullable(Type.String()),
  state: Type.Enum(['open', 'withdrawn', ...PROPOSAL_RESULTS] as const),
  code: Code,
  settings: Nullable(ProposedSettingsView),
  command: Nullable(Command),
  /** Bytes of the file that can be fetched at `…/proposals/:id/capture`; null where there is none. */
  captureBytes: Nullable(Type.Integer()),
  /** What the box told of it: figures of a scan, the cause that a test found. */
  detail: Type.Record(Type.String(), Nullable(Type.Union([Type.String(), Type.Number()]))),
});
export type CentralProposalView = Static<typeof CentralProposalView>;

/** Central: GET, PUT, DELETE /customers/:customer/sites/:site/prepared: what the next box of a site is offered. */
export const PreparedView = Type.Object({
  preparedAt: Nullable(Type.String()),
  by: Nullable(Type.String()),
  settings: Nullable(ProposedSettingsView),
});
export type PreparedView = Static<typeof PreparedView>;

/** Central: GET and PATCH /customers/:customer/devices/:device/notes; null clears. */
export const NotesPatch = Type.Object(
  {
    serviceId: Type.Optional(Nullable(Type.String({ maxLength: 64 }))),
    group: Type.Optional(Nullable(Type.String({ maxLength: 64 }))),
    locationNote: Type.Optional(Nullable(Type.String({ maxLength: 128 }))),
    note: Type.Optional(Nullable(Type.String({ maxLength: 255 }))),
    monitored: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type NotesPatch = Static<typeof NotesPatch>;
export const NotesView = Type.Object({
  serviceId: Nullable(Type.String()),
  group: Nullable(Type.String()),
  locationNote: Nullable(Type.String()),
  note: Nullable(Type.String()),
  /** null: never said; a machine is read then. */
  monitored: Nullable(Type.Boolean()),
  /** Typed here and not yet confirmed by the box. */
  waiting: Type.Array(Type.Enum(['serviceId', 'group', 'locationNote', 'note', 'monitored'] as const)),
});
export type NotesView = Static<typeof NotesView>;

/** Central: GET and PUT /dealer */
export const DealerRequest = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 255 }), hotline: Nullable(Type.String({ maxLength: 255 })) },
  { additionalProperties: false },
);
export type DealerRequest = Static<typeof DealerRequest>;
