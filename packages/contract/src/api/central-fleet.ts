/** All machines of the dealer: counts, groups, pages of the list; all boxes; views that people keep. */
import Type, { type Static } from 'typebox';
import { CentralBoxView, CentralDeviceView } from './central.ts';

const Nullable = <const S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);

/** `old`: the last reading is more than a day old. `questions`: a counter waits for a person. `unwatched`: not monitored. */
export const FleetView = Type.Enum(['all', 'trouble', 'supplies', 'silent', 'old', 'questions', 'unwatched'] as const);
export type FleetView = Static<typeof FleetView>;
export const FleetOrder = Type.Enum(['name', 'trouble', 'supply', 'month', 'total', 'read'] as const);
export type FleetOrder = Static<typeof FleetOrder>;

/** Machines that wait to be worked through, and since when; null where they wait since an update of central. */
export const WorkBehind = Type.Object({ machines: Type.Integer(), since: Nullable(Type.String()) });
export type WorkBehind = Static<typeof WorkBehind>;

/** GET /fleet/counts: what stands beside places and tabs. */
export const FleetCounts = Type.Object({
  machines: Type.Integer(),
  customers: Type.Integer(),
  sites: Type.Integer(),
  boxes: Type.Integer(),
  /** What the day's page has to show: lines of all its panels. */
  today: Type.Integer(),
  /** Lists and alerts follow what boxes send; null while they keep up with it. */
  behind: Type.Object({ readings: Nullable(WorkBehind), alerts: Nullable(WorkBehind) }),
  /** Machines whose readings, or whose alerts, are not worked through at this moment: a few are on their way at any time. */
  waiting: Type.Object({ readings: Type.Integer(), alerts: Type.Integer() }),
  views: Type.Object({
    all: Type.Integer(),
    trouble: Type.Integer(),
    supplies: Type.Integer(),
    silent: Type.Integer(),
    old: Type.Integer(),
    questions: Type.Integer(),
    unwatched: Type.Integer(),
  }),
});
export type FleetCounts = Static<typeof FleetCounts>;

/** What narrows the fleet down, in GET /fleet and GET /fleet/groups. */
const Short = Type.Optional(Type.String({ maxLength: 20 }));
export const FleetQuery = Type.Object({
  view: Type.Optional(FleetView),
  q: Type.Optional(Type.String({ maxLength: 200 })),
  customer: Short,
  site: Short,
  box: Short,
  model: Type.Optional(Type.String({ maxLength: 255 })),
  sort: Type.Optional(FleetOrder),
  order: Type.Optional(Type.Enum(['asc', 'desc'] as const)),
  limit: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,2}$' })),
  cursor: Type.Optional(Type.String({ maxLength: 1000 })),
});
export type FleetQuery = Static<typeof FleetQuery>;

export const FleetMachine = Type.Object({
  device: CentralDeviceView,
  customerName: Type.String(),
  site: Type.String(),
  /** Empty for the site that every customer has from the start. */
  siteName: Type.String(),
  watched: Type.Boolean(),
  /** Since when it counts as silent; null while it does not. */
  silentSince: Nullable(Type.String()),
  /** Pages of the last twelve weeks, oldest first, [mono, color]; null where nothing was told. */
  weeks: Type.Array(Nullable(Type.Tuple([Type.Integer(), Type.Integer()]))),
  /** Of the last 30 days. */
  monthPages: Nullable(Type.Integer()),
});
export type FleetMachine = Static<typeof FleetMachine>;
export const FleetPage = Type.Object({
  machines: Type.Array(FleetMachine),
  total: Type.Integer(),
  /** There are more than `total`: a search that leaves so many is not counted to its end. */
  atLeast: Type.Boolean(),
  /** Of the next page; null on the last. */
  next: Nullable(Type.String()),
});
export type FleetPage = Static<typeof FleetPage>;

/** GET /fleet/groups: customers with any machine that matches, by name, each in sum. */
export const FleetGroup = Type.Object({
  customer: Type.String(),
  name: Type.String(),
  sites: Type.Integer(),
  machines: Type.Integer(),
  boxes: Type.Integer(),
  /** Its box, where it has one only. */
  box: Nullable(Type.String()),
  silentBoxes: Type.Integer(),
  lastHeard: Nullable(Type.String()),
  trouble: Type.Integer(),
  severity: Nullable(Type.Enum(['warning', 'critical'] as const)),
  supplies: Type.Integer(),
  silent: Type.Integer(),
});
export type FleetGroup = Static<typeof FleetGroup>;
export const FleetGroups = Type.Object({
  groups: Type.Array(FleetGroup),
  /** Machines that match, and customers that have one of them. */
  machines: Type.Integer(),
  /** There are more machines than that. */
  atLeast: Type.Boolean(),
  total: Type.Integer(),
  next: Nullable(Type.String()),
});
export type FleetGroups = Static<typeof FleetGroups>;

/** GET /fleet/models */
export const FleetModels = Type.Array(Type.Object({ model: Type.String(), machines: Type.Integer() }));
export type FleetModels = Static<typeof FleetModels>;

/** The last 24 hours, the current one last: whether a box was heard in it. */
export const HeardHours = Type.Array(Type.Boolean(), { minItems: 24, maxItems: 24 });

/** GET /fleet/boxes?q&silent&cursor: those not heard longest come first. */
export const BoxOfFleet = Type.Object({
  agent: CentralBoxView.properties.agent,
  customer: Type.String(),
  customerName: Type.String(),
  siteName: Type.String(),
  enrolledAt: Type.String(),
  lastHeard: Nullable(Type.String()),
  silent: Type.Boolean(),
  /** After so many hours without a report it is silent. */
  silentHours: Type.Integer(),
  hours: HeardHours,
  version: Nullable(Type.String()),
  waiting: Nullable(Type.Integer()),
  quarantined: Type.Integer(),
  machines: Type.Integer(),
  unreached: CentralBoxView.properties.unreached,
  revokedAt: Nullable(Type.String()),
});
export type BoxOfFleet = Static<typeof BoxOfFleet>;
export const BoxesOfFleet = Type.Object({
  boxes: Type.Array(BoxOfFleet),
  total: Type.Integer(),
  silent: Type.Integer(),
  next: Nullable(Type.String()),
});
export type BoxesOfFleet = Static<typeof BoxesOfFleet>;

/** GET, POST and DELETE /fleet/views: a person's own, under a name. */
export const SavedViewRequest = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 40 }), query: Type.String({ maxLength: 500 }) },
  { additionalProperties: false },
);
export const SavedView = Type.Object({ id: Type.String(), name: Type.String(), query: Type.String() });
export type SavedView = Static<typeof SavedView>;
