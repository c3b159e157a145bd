/** Raw bytes of items as they are kept: zstd where that makes them shorter. */
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';

export interface PackedBytes {
  readonly packing: 'plain' | 'zstd';
  readonly raw: Uint8Array;
}

export function pack(bytes: Uint8Array): PackedBytes {
  const packed = zstdCompressSync(bytes);
  return packed.length < bytes.length ? { packing: 'zstd', raw: packed } : { packing: 'plain', raw: bytes };
}

export function unpack({ packing, raw }: PackedBytes): Uint8Array {
  return packing === 'zstd' ? zstdDecompressSync(raw) : raw;
}
