/** The machines that should be here by the dealer's books, held against those that were found. */
import type { ExpectedHere, ExpectedView, ProposalAnswer } from '@rsb/contract';
import type { Devices } from '../store/devices.ts';
import type { Facts } from '../store/facts.ts';

export interface Expected {
  /** Digest of what is known, null where nothing is. */
  digest(): string | null;
  save(told: NonNullable<ProposalAnswer['expected']>): void;
  view(): ExpectedView;
}

interface Stored {
  readonly digest: string;
  readonly machines: readonly ExpectedHere[];
}

export function createExpected({ facts, devices }: { readonly facts: Facts; readonly devices: Devices }): Expected {
  const stored = (): Stored | null => {
    const text = facts.find('expectedMachines');
    return text === null ? null : JSON.parse(text);
  };
  return {
    digest: () => stored()?.digest ?? null,
    save: ({ digest, machines }) => facts.save('expectedMachines', JSON.stringify({ digest, machines })),
    view() {
      const machines = stored()?.machines ?? [];
      // A dealer without an imported fleet expects nothing; that is not "none expected".
      if (machines.length === 0) return { expected: null, found: 0, missing: [] };
      const here = new Set(devices.all().flatMap(({ identity }) => keyOf(identity.serialNumber) ?? []));
      const missing = machines.filter(({ serial }) => !here.has(keyOf(serial) ?? ''));
      return { expected: machines.length, found: machines.length - missing.length, missing };
    },
  };
}

/** One spelling for a serial number, as central has it. */
const keyOf = (serial: string | null): string | null => serial?.trim().toUpperCase() || null;
