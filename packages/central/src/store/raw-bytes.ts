/** Raw bytes of items as they are kept: zstd with a dictionary of what every reading says, where that makes them shorter. */
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { ITEM_DICTIONARY_1 } from './item-dictionary.ts';
import type { Packing } from './tables.ts';

export interface PackedBytes {
  readonly packing: Packing;
  readonly raw: Uint8Array;
}

const dictionary = Buffer.from(ITEM_DICTIONARY_1);

export function pack(bytes: Uint8Array): PackedBytes {
  const packed = zstdCompressSync(bytes, { dictionary });
  return packed.length < bytes.length ? { packing: 'zstd1', raw: packed } : { packing: 'plain', raw: bytes };
}

export function unpack({ packing, raw }: PackedBytes): Uint8Array {
  switch (packing) {
    case 'plain':
      return raw;
    case 'zstd':
      return zstdDecompressSync(raw);
    case 'zstd1':
      return zstdDecompressSync(raw, { dictionary });
  }
}

/** A month of alike items finds each in the one before it: the window covers several, and time is not short. */
export const packBlock = (bytes: Uint8Array): Uint8Array =>
  zstdCompressSync(bytes, {
    params: { [constants.ZSTD_c_compressionLevel]: 12, [constants.ZSTD_c_enableLongDistanceMatching]: 1 },
  });

export const unpackBlock = (packed: Uint8Array): Buffer => zstdDecompressSync(packed);
