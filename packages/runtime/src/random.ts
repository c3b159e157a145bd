/** Randomness, passed in, so that a test can repeat a run by its seed. */
import { randomBytes, randomInt } from 'node:crypto';

export interface Random {
  bytes(count: number): Uint8Array;
  /** A whole number, 0 ≤ n < limit, limit ≤ 2^48 − 1. */
  below(limit: number): number;
}

export function systemRandom(): Random {
  return { bytes: (count) => new Uint8Array(randomBytes(count)), below: (limit) => randomInt(limit) };
}

/** Repeatable and not secret: for simulations and tests only (mulberry32). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const word = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
  return {
    bytes: (count) => Uint8Array.from({ length: count }, () => word() & 0xff),
    below: (limit) => Math.floor(((word() * 0x200000 + (word() >>> 11)) / 2 ** 53) * limit),
  };
}
