/** Redacts a printer's answers as far as they still mean the same to its driver: a host may be named after its model. */
import { DRIVERS, type Interpretation } from '@rsb/drivers';
import type { Varbind } from '@rsb/snmp';
import { isSameReading, privateTexts } from './private-texts.ts';
import { type Reach, redact } from './redact.ts';

const REACHES: readonly Reach[] = ['everywhere', 'serials', 'nowhere'];

export interface Redacted {
  readonly varbinds: readonly Varbind[];
  /** Whether the driver reads from it what it read from the machine. */
  readonly same: boolean;
}

export function redactCarefully(
  varbinds: readonly Varbind[],
  interpret: (answered: readonly Varbind[]) => readonly Interpretation[],
  { address, key }: { readonly address: string; readonly key: Uint8Array },
  /** What must not stand in the file, even disguised. */
  without: (answered: readonly Varbind[]) => readonly Varbind[] = (answered) => answered,
): Redacted {
  const before = interpret(varbinds);
  const found = privateTexts(varbinds, before, DRIVERS, address);
  const left = without(varbinds);
  for (const reach of REACHES) {
    const redacted = redact(left, found, key, reach);
    if (isSameReading(before, interpret(redacted))) return { varbinds: redacted, same: true };
  }
  return { varbinds: redact(left, found, key), same: false };
}
