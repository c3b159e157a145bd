/** The API as OpenAPI 3.1, made from the routes themselves; shapes of the contract stand in it once, by their names. */
import swagger from '@fastify/swagger';
import * as contract from '@rsb/contract';
import type { FastifyInstance, RouteOptions } from 'fastify';
import Type from 'typebox';
import { VERSION } from '../version.ts';
import { rightOf } from './access.ts';
import { OPERATIONS } from './operations.ts';

/** RFC 9457. */
const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  code: Type.String(),
  params: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
  errors: Type.Optional(Type.Array(Type.Unknown())),
});

const ABOUT = `What central's pages use themselves.

People sign in and send their session's token in \`x-csrf-token\` with each change. Programs send an API token as
\`Authorization: Bearer …\`; it has scopes, may be for one customer alone, and is made in the settings.

- Lists come in pages of up to 1000: the \`Link\` header names the next one (RFC 8288).
- A change with an \`Idempotency-Key\` is made once, however often it is sent within 24 hours.
- Every answer has an \`ETag\`; what has a \`revision\` is changed with \`If-Match: "REVISION"\`.
- Errors are problem+json (RFC 9457) with a \`code\`. A customer that a caller may not see is not found (404).
- \`429\` says in \`Retry-After\` when to come back; \`x-ratelimit-remaining\` how much is left of the minute.`;

export interface ApiDocument {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
}

export interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  /** What a token needs; `self`: a person, about the own account. */
  readonly 'x-scope'?: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: unknown }>> };
  readonly responses: Readonly<Record<string, unknown>>;
}

/** Before the first route. */
export async function describeApi(server: FastifyInstance): Promise<void> {
  server.addHook('onRoute', (route) => {
    route.schema = { ...route.schema, ...descriptionOf(route) };
  });
  await server.register(swagger, {
    // OpenAPI 3.1 knows `const`, and shapes stay those of the contract.
    convertConstToEnum: false,
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Remote Service Box, central', version: VERSION, description: ABOUT },
      servers: [{ url: '/' }],
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'rsb_central' },
          token: { type: 'http', scheme: 'bearer' },
        },
      },
    },
  });
}

export function addOpenApiRoute(server: FastifyInstance): void {
  let made: ApiDocument | undefined;
  server.get('/api/openapi.json', { config: { caller: 'open' }, schema: { hide: true } }, async () => {
    made ??= apiDocument(server);
    return made;
  });
}

export const apiDocument = (server: FastifyInstance): ApiDocument =>
  named(server.swagger() as unknown as Record<string, unknown>) as ApiDocument;

function descriptionOf(route: RouteOptions): object {
  const { url, config, schema } = route;
  if (!url.startsWith('/api/v1/')) return { hide: true };
  const method = String(route.method);
  const known = OPERATIONS[`${method} ${url.slice('/api/v1'.length)}`];
  const change = method !== 'GET' && config?.caller === 'session';
  const answers = Object.fromEntries(
    Object.entries((schema?.response ?? { 204: { description: 'Done' } }) as Record<string, object>),
  );
  return {
    operationId: known?.id ?? idOf(method, url),
    ...(known && { summary: known.summary }),
    tags: [url.split('/')[3] ?? ''],
    ...(config?.caller === 'session' && {
      security: [{ session: [] }, { token: [] }],
      'x-scope': config.right ?? rightOf(method, url),
    }),
    ...(change && {
      headers: Type.Object({
        'idempotency-key': Type.Optional(Type.String()),
        'if-match': Type.Optional(Type.String()),
      }),
    }),
    response: {
      ...answers,
      ...refusalsOf(route),
      default: { description: 'A problem', content: PROBLEM },
    },
  };
}

const PROBLEM = { 'application/problem+json': { schema: Problem } };

/** Why such a route may refuse, whatever it is about. */
function refusalsOf({ method, url, config, schema }: RouteOptions): Record<string, object> {
  const isPerson = config?.caller === 'session';
  const isChange = method !== 'GET';
  const words: readonly (readonly [string, boolean, string])[] = [
    ['400', schema?.body !== undefined || schema?.querystring !== undefined, 'What was sent has another shape'],
    ['401', isPerson, 'Nobody is signed in, or the token is not valid'],
    ['403', isPerson, 'Signed in, and not allowed to do this'],
    ['404', url.includes('/:'), 'There is no such thing, or the caller may not see it'],
    ['412', isPerson && isChange, 'Changed by somebody else since it was read (If-Match)'],
    ['422', schema?.body !== undefined, 'Understood, and cannot be so: errors names the field'],
    ['429', true, 'Asked too often; Retry-After says when to come back'],
  ];
  return Object.fromEntries(
    words
      .filter(([, applies]) => applies)
      .map(([status, , description]) => [status, { description, content: PROBLEM }]),
  );
}

/** GET /api/v1/customers/:customer/boxes → getCustomersBoxes */
function idOf(method: string, url: string): string {
  const words = url
    .slice('/api/v1/'.length)
    .split(/[/.-]/)
    .filter((word) => word !== '' && !word.startsWith(':'));
  return method.toLowerCase() + words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join('');
}

/** Objects, choices between shapes, and lists of words long enough that a name tells more than they do. */
function isShape(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if ('enum' in value) return Array.isArray(value.enum) && value.enum.length > 2;
  return 'anyOf' in value || ('type' in value && value.type === 'object');
}

/** A shape as the document writes it: there, names of any kind are `additionalProperties`, the last of its fields. */
const shapeText = (shape: unknown): string =>
  JSON.stringify(shape, (_name, value: unknown) => {
    if (typeof value !== 'object' || value === null || !('patternProperties' in value)) return value;
    const { patternProperties, ...rest } = value;
    return { ...rest, additionalProperties: Object.values(patternProperties as object)[0] };
  });

/** JSON Schema 2020-12, which OpenAPI 3.1 speaks, has `prefixItems` where earlier drafts have a list of `items`. */
function tupleOf(node: object): object {
  if (!('items' in node) || !Array.isArray(node.items)) return node;
  const {
    items,
    additionalItems: _any,
    ...rest
  } = node as { readonly items: unknown; readonly additionalItems?: unknown };
  return { ...rest, prefixItems: items, items: false };
}

/** Each shape of the contract that stands in the document becomes a component of its name. */
function named(document: Record<string, unknown>): unknown {
  const names = new Map<string, string>();
  for (const [name, value] of Object.entries(contract)) {
    if (isShape(value) && !names.has(shapeText(value))) names.set(shapeText(value), name);
  }
  names.set(shapeText(Problem), 'Problem');
  const schemas: Record<string, unknown> = {};
  const visit = (node: unknown, isTop: boolean): unknown => {
    if (Array.isArray(node)) return node.map((each) => visit(each, false));
    if (typeof node !== 'object' || node === null) return node;
    const name = isTop ? undefined : names.get(shapeText(node));
    if (name !== undefined) {
      schemas[name] ??= visit(node, true);
      return { $ref: `#/components/schemas/${name}` };
    }
    return Object.fromEntries(Object.entries(tupleOf(node)).map(([key, value]) => [key, visit(value, false)]));
  };
  const paths = visit(document['paths'], false);
  const components = document['components'] as Record<string, unknown>;
  const sorted = Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { ...document, paths, components: { ...components, schemas: sorted } };
}
