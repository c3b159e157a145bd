/** A value for each field of a schema, told apart from all others, with the paths to find them again. */
import type Type from 'typebox';

type Schema = Type.TSchema & {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly pattern?: string;
};

/** Paths of all leaves of a schema, arrays and records written as `[]`. */
export function leavesOf(schema: unknown, path = ''): readonly string[] {
  const known = schema as Schema;
  const options = known.anyOf?.filter((option) => option.type !== 'null');
  if (options?.[0] && (options.length === 1 || options[0].type === 'object')) return leavesOf(options[0], path);
  if (known.properties) {
    return Object.entries(known.properties).flatMap(([name, member]) =>
      leavesOf(member, path === '' ? name : `${path}.${name}`),
    );
  }
  if (known.items) return leavesOf(known.items, `${path}[]`);
  if (known.patternProperties) {
    return Object.values(known.patternProperties).flatMap((member) => leavesOf(member, `${path}[]`));
  }
  return [path];
}
