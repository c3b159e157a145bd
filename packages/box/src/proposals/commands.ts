/** Commands that central may propose, carried out by what a person at the page has at hand: the same limits hold. */
import type { Command, DiagnosisView, Fault, ProposalResult, ReadNowResult } from '@rsb/contract';
import { type Outcome, success, unreachable } from '@rsb/runtime';

export type RunCommand = (command: Command) => Promise<Outcome<ProposalResult['detail'], Fault>>;

/** Only inside ranges that are on: each of these refuses any other address by itself. */
export interface CommandTargets {
  /** By the name that central has for a machine; the same where it is not known. */
  readonly deviceNamed: (name: string) => string;
  readonly startScan: () => Outcome<null, Fault>;
  readonly readNow: (device: string) => Promise<Outcome<ReadNowResult, Fault>>;
  readonly test: (address: string) => Promise<Outcome<DiagnosisView, Fault>>;
}

export function commandRunner({ deviceNamed, startScan, readNow, test }: CommandTargets): RunCommand {
  return async (command) => {
    switch (command.do) {
      case 'scan': {
        // Its summary follows as an item of its own.
        const started = startScan();
        return started.ok ? success({}) : started;
      }
      case 'read': {
        const read = await readNow(deviceNamed(command.device));
        return read.ok ? success({ completeness: read.value.completeness.state }) : read;
      }
      case 'test': {
        const tested = await test(command.address);
        if (!tested.ok) return tested;
        const { cause, ping, driver, wire } = tested.value;
        return success({ cause, ping: ping.state, driver: driver?.name ?? null, packets: wire.packets });
      }
      default:
        return unreachable(command);
    }
  };
}
