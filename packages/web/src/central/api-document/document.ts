/** What the page needs of an OpenAPI 3.1 document, and how shapes and examples are said in a line. */

export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema | false;
  readonly prefixItems?: readonly Schema[];
  readonly additionalProperties?: Schema | boolean;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly required?: boolean;
  readonly schema: Schema;
}

export interface Answer {
  readonly description?: string;
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

export interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: Schema }>> };
  readonly responses: Readonly<Record<string, Answer>>;
  readonly 'x-scope'?: string;
}

export interface ApiDocument {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string; readonly description?: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

export interface Entry {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

export interface Group {
  readonly name: string;
  readonly entries: readonly Entry[];
}

/** Operations by their first tag, in the order of the document. */
export function groupsOf({ paths }: ApiDocument, search: string): readonly Group[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = new Map<string, Entry[]>();
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const entry = { method: method.toUpperCase(), path, operation };
      const text = [entry.method, path, operation.operationId, operation.summary, operation['x-scope']]
        .join(' ')
        .toLowerCase();
      if (!words.every((word) => text.includes(word))) continue;
      const [name = ''] = operation.tags ?? [];
      groups.set(name, [...(groups.get(name) ?? []), entry]);
    }
  }
  return [...groups].map(([name, entries]) => ({ name, entries }));
}

export const shapeName = ({ $ref }: Schema): string | null => $ref?.split('/').at(-1) ?? null;

/** Parts of a type's words: text, or the name of a shape that has its own place on the page. */
export type TypePart = { readonly text: string } | { readonly shape: string };

export function typeParts(schema: Schema): readonly TypePart[] {
  const name = shapeName(schema);
  if (name !== null) return [{ shape: name }];
  if (schema.const !== undefined) return [{ text: JSON.stringify(schema.const) }];
  if (schema.enum) return [{ text: schema.enum.map((value) => JSON.stringify(value)).join(' | ') }];
  const choices = schema.anyOf ?? schema.allOf;
  if (choices) return choices.flatMap((each, at) => [...(at === 0 ? [] : [{ text: ' | ' }]), ...typeParts(each)]);
  if (schema.prefixItems)
    return [
      { text: '[' },
      ...schema.prefixItems.flatMap((each, at) => [...(at === 0 ? [] : [{ text: ', ' }]), ...typeParts(each)]),
      { text: ']' },
    ];
  if (schema.items) return [{ text: 'array of ' }, ...typeParts(schema.items)];
  if (typeof schema.additionalProperties === 'object' && !schema.properties)
    return [{ text: 'object of ' }, ...typeParts(schema.additionalProperties)];
  return [{ text: [schema.type ?? 'any'].flat().join(' | ') }];
}

/** Limits that a value has to keep. */
export function limitsOf(schema: Schema): string {
  const between = (least: number | undefined, most: number | undefined, what: string) => {
    if (least === undefined && most === undefined) return [];
    if (least !== undefined && most !== undefined) return [`${least}–${most}${what}`];
    return [least === undefined ? `≤ ${most}${what}` : `≥ ${least}${what}`];
  };
  return [
    ...(schema.format === undefined ? [] : [schema.format]),
    ...between(schema.minimum, schema.maximum, ''),
    ...between(schema.minLength, schema.maxLength, ' characters'),
    ...between(schema.minItems, schema.maxItems, ' entries'),
    ...(schema.pattern === undefined ? [] : [schema.pattern]),
  ].join(', ');
}

/** How the operation is called from a terminal; what stands in capitals is to be put in. */
export function curlOf({ method, path, operation }: Entry, origin: string): string {
  const lines = [
    `curl -X ${method} '${origin}${path.replace(/\{(\w+)\}/g, (_all, name: string) => name.toUpperCase())}'`,
  ];
  const scope = operation['x-scope'];
  if (scope === 'self')
    lines.push("-b 'rsb_central=SESSION'", ...(method === 'GET' ? [] : ["-H 'x-csrf-token: CSRF'"]));
  else if (scope !== undefined) lines.push("-H 'Authorization: Bearer TOKEN'");
  if (operation.parameters?.some(({ name, in: place }) => place === 'header' && name === 'if-match'))
    lines.push(`-H 'If-Match: "REVISION"'`);
  const [type] = Object.keys(operation.requestBody?.content ?? {});
  if (type !== undefined) {
    lines.push(`-H 'Content-Type: ${type}'`);
    const schema = operation.requestBody?.content[type]?.schema;
    lines.push(type === 'application/json' ? `-d '${exampleText(schema)}'` : '--data-binary @FILE');
  }
  return lines.join(' \\\n  ');
}

const exampleText = (schema: Schema | undefined): string => {
  const name = schema && shapeName(schema);
  return name ? `{ … ${name} … }` : '{ … }';
};
