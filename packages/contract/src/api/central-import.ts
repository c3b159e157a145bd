/** The fleet as the dealer's ERP has it: imported from its CSV, and held against what the boxes see. */
import Type, { type Static } from 'typebox';
import type { ErrorCode } from '../errors.ts';

const Nullable = <const S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const Count = Type.Union([Type.Integer(), Type.String()]);

/** Columns that an import knows, by whatever head they stand. */
export const IMPORT_COLUMNS = [
  'customer',
  'customerNumber',
  'contract',
  'site',
  'manufacturer',
  'model',
  'serial',
  'serviceId',
  'counter',
  'counterAt',
] as const;
export type ImportColumn = (typeof IMPORT_COLUMNS)[number];

/** POST /imports?dry=true|false: the file's bytes as `text/csv`. */
export const ImportResult = Type.Object({
  dry: Type.Boolean(),
  /** How the file was read: shown, so that a wrong guess is seen. */
  encoding: Type.Enum(['utf-8', 'utf-16le', 'windows-1252'] as const),
  delimiter: Type.String(),
  columns: Type.Array(Type.Object({ head: Type.String(), column: Nullable(Type.Enum(IMPORT_COLUMNS)) })),
  lines: Type.Integer(),
  added: Type.Integer(),
  changed: Type.Integer(),
  unchanged: Type.Integer(),
  /** Customers and sites that are made, or would be. */
  customers: Type.Array(Type.String()),
  customersAdded: Type.Integer(),
  sitesAdded: Type.Integer(),
  refusedCount: Type.Integer(),
  /** The first ones, in the order of the file. */
  refused: Type.Array(
    Type.Object({
      line: Type.Integer(),
      /** Of the catalogue of errors. */
      code: Type.Unsafe<ErrorCode>(Type.String()),
      params: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
      text: Type.String(),
    }),
  ),
  /** What the first accepted lines became. */
  sample: Type.Array(
    Type.Object({
      line: Type.Integer(),
      customer: Type.String(),
      serial: Type.String(),
      serviceId: Nullable(Type.String()),
      contract: Nullable(Type.String()),
      counter: Nullable(Count),
      counterAt: Nullable(Type.String()),
      action: Type.Enum(['add', 'change', 'keep'] as const),
    }),
  ),
});
export type ImportResult = Static<typeof ImportResult>;

/** GET /customers/:customer/expected?state=unseen|seen|all */
export const ExpectedMachine = Type.Object({
  serial: Type.String(),
  manufacturer: Nullable(Type.String()),
  model: Nullable(Type.String()),
  serviceId: Nullable(Type.String()),
  contract: Nullable(Type.String()),
  site: Nullable(Type.String()),
  counter: Nullable(Count),
  counterAt: Nullable(Type.String()),
  importedAt: Type.String(),
  /** The machine that the boxes see under this serial number. */
  device: Nullable(Type.String()),
  lastHeard: Nullable(Type.String()),
  /** Another customer's box sees it: told to the dealer's own people alone. */
  elsewhere: Nullable(Type.Object({ customer: Type.String(), name: Type.String() })),
});
export type ExpectedMachine = Static<typeof ExpectedMachine>;

/** GET /customers/:customer/unexpected: seen by a box, in no import. */
export const UnexpectedMachine = Type.Object({
  device: Type.String(),
  serial: Nullable(Type.String()),
  manufacturer: Nullable(Type.String()),
  model: Nullable(Type.String()),
  address: Nullable(Type.String()),
  box: Type.String(),
  firstHeard: Type.String(),
  lastHeard: Type.String(),
});
export type UnexpectedMachine = Static<typeof UnexpectedMachine>;

/** GET /customers/:customer/expected/summary */
export const ExpectedSummary = Type.Object({
  expected: Type.Integer(),
  unseen: Type.Integer(),
  unexpected: Type.Integer(),
});
export type ExpectedSummary = Static<typeof ExpectedSummary>;
