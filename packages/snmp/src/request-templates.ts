/**
 * Requests of v1 and v2c that were made before: of the same question by the same login only the id is another. Polls ask
 * the same of many devices of a model, and of each device every hour.
 */
import { BerReader, type BerWriter } from './ber.ts';
import { encodeRequestOf, type RequestContent, type RequestLogin } from './request.ts';

interface Template extends Omit<RequestContent, 'names'> {
  readonly login: RequestLogin;
  /** As it was asked last. */
  list: RequestContent['names'];
  readonly names: readonly Uint8Array[];
  readonly bytes: Uint8Array;
  readonly idAt: number;
}

const ID_OCTETS = 4;

export class RequestTemplates {
  readonly #writer: BerWriter;
  /** By the octets of the first name, which live as long as the name is known. */
  readonly #made = new WeakMap<Uint8Array, Template>();

  constructor(writer: BerWriter) {
    this.#writer = writer;
  }

  /** `id` takes four octets. What is told is good until the next one is encoded. */
  encode(login: RequestLogin, content: RequestContent, id: number): Uint8Array {
    const first = content.names[0]?.octets;
    if (first === undefined) return encodeRequestOf(this.#writer, login, content, id);
    const known = this.#made.get(first);
    if (known === undefined || !isFor(known, login, content)) {
      const made = encodeRequestOf(this.#writer, login, content, id);
      this.#made.set(first, templateOf(login, content, made));
      return made;
    }
    const { bytes, idAt } = known;
    bytes[idAt] = id >>> 24;
    bytes[idAt + 1] = id >>> 16;
    bytes[idAt + 2] = id >>> 8;
    bytes[idAt + 3] = id;
    return bytes;
  }
}

function isFor(template: Template, login: RequestLogin, content: RequestContent): boolean {
  const { names } = content;
  if (template.login !== login || template.pdu !== content.pdu || template.names.length !== names.length) return false;
  if (template.nonRepeaters !== content.nonRepeaters || template.maxRepetitions !== content.maxRepetitions)
    return false;
  // Lists that are asked again and again are the same ones (names.ts).
  if (template.list === names) return true;
  for (let place = 0; place < names.length; place += 1)
    if (template.names[place] !== names[place]?.octets) return false;
  template.list = names;
  return true;
}

function templateOf(login: RequestLogin, content: RequestContent, bytes: Uint8Array): Template {
  const { pdu, nonRepeaters, maxRepetitions, names } = content;
  return {
    login,
    pdu,
    nonRepeaters,
    maxRepetitions,
    list: names,
    names: names.map(({ octets }) => octets),
    bytes,
    idAt: idAt(bytes),
  };
}

/** Message, version and community; then the PDU, which begins with the id. */
function idAt(bytes: Uint8Array): number {
  const reader = new BerReader(bytes);
  reader.element();
  for (const _before of ['version', 'community']) {
    reader.element();
    reader.skip();
  }
  reader.element();
  reader.element();
  if (reader.contentEnd - reader.offset !== ID_OCTETS) throw new Error('an id of another length');
  return reader.offset;
}
