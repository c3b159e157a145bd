/** Makes mutants of sound messages, the same ones for the same seed, and tells how often each way was used. */
import type { Random } from '@rsb/runtime';
import { ElementWriter, parseElement } from './element.ts';
import { BYTE_MUTATIONS, TREE_MUTATIONS } from './mutations.ts';

const TREE = Object.entries(TREE_MUTATIONS);
const BYTES = Object.entries(BYTE_MUTATIONS);
/** Of a hundred mutants, those whose bytes are damaged after their tree, or instead of it. */
const DAMAGED = 15;

export class Mutator {
  readonly #random: Random;
  readonly #writer = new ElementWriter();
  /** By the name of the mutation. */
  readonly used: Record<string, number> = {};

  constructor(random: Random) {
    this.#random = random;
  }

  /** `other` is another sound message, for splices. */
  mutant(sound: Uint8Array, other: Uint8Array): Uint8Array {
    const random = this.#random;
    // A Buffer's slices would change the sound message itself.
    const message = new Uint8Array(sound);
    const damaged = random.below(100) < DAMAGED;
    let bytes: Uint8Array = message;
    if (!damaged || random.below(2) === 0) {
      const root = parseElement(message);
      for (let times = [1, 1, 1, 2, 3, 4][random.below(6)] ?? 1; times > 0; times -= 1) {
        const [name, mutate] = TREE[random.below(TREE.length)] as (typeof TREE)[0];
        if (mutate(root, random)) this.#count(name);
      }
      bytes = this.#writer.write(root);
    }
    if (!damaged) return bytes;
    const [name, mutate] = BYTES[random.below(BYTES.length)] as (typeof BYTES)[0];
    this.#count(name);
    return mutate(bytes, random, other);
  }

  #count(name: string): void {
    this.used[name] = (this.used[name] ?? 0) + 1;
  }
}

export const MUTATION_NAMES: readonly string[] = [...TREE, ...BYTES].map(([name]) => name);
