/** The report's bytes as JSON text, within a limit of our own: a small body must not become a large one. */
import { constants, zstdDecompress } from 'node:zlib';
import { type Fault, fault } from '@rsb/contract';
import { failure, type Outcome, success } from '@rsb/runtime';

/** As sent. A full report of 500 readings is about 30 kB in zstd and 1 MB without. */
export const LARGEST_BODY = 4 * 1024 * 1024;
/** As JSON. */
export const LARGEST_REPORT = 16 * 1024 * 1024;
/** A frame may ask for a window before it says anything: none larger than a whole report (2^24). */
const LARGEST_WINDOW_LOG = 24;

export async function inflate(encoding: string | undefined, body: Buffer): Promise<Outcome<Buffer, Fault>> {
  switch ((encoding ?? 'identity').trim().toLowerCase()) {
    case 'identity':
      return success(body);
    case 'zstd':
      return inflateZstd(body);
    default:
      return failure(fault('unsupportedMedia'));
  }
}

function inflateZstd(body: Buffer): Promise<Outcome<Buffer, Fault>> {
  const options = {
    maxOutputLength: LARGEST_REPORT,
    params: { [constants.ZSTD_d_windowLogMax]: LARGEST_WINDOW_LOG },
  };
  return new Promise((resolve) => {
    zstdDecompress(body, options, (error, plain) => {
      if (!error) resolve(success(plain));
      else if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
        resolve(failure(fault('bodyTooLarge')));
      else resolve(failure(fault('reportInvalid', { detail: 'zstd' })));
    });
  });
}
