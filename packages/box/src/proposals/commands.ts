/** Commands that central may propose, carried out by what a person at the page has at hand: the same limits hold. */
import type { Command, DiagnosisView, Fault, ProposalResult, ReadNowResult } from '@rsb/contract';
import { type Outcome, success, unreachable } from '@rsb/runtime';

export type CommandDone = Pick<ProposalResult, 'detail' | 'capture'>;
export type RunCommand = (command: Command) => Promise<Outcome<CommandDone, Fault>>;

/** Only inside ranges that are on: each of these refuses any other address by itself. */
export interface CommandTargets {
  /** By the name that central has for a machine; the same where it is not known. */
  readonly deviceNamed: (name: string) => string;
  readonly startScan: () => Outcome<null, Fault>;
  readonly readNow: (device: string) => Promise<Outcome<ReadNowResult, Fault>>;
  readonly test: (address: string) => Promise<Outcome<DiagnosisView, Fault>>;
  readonly capture: (address: string) => Promise<Outcome<Required<CommandDone>, Fault>>;
}

export function commandRunner({ deviceNamed, startScan, readNow, test, capture }: CommandTargets): RunCommand {
  return async (command) => {
    switch (command.do) {
      case 'scan': {
        // Its summary follows as an item of its own.
        const started = startScan();
        return started.ok ? success({ detail: {} }) : started;
      }
      case 'read': {
        const read = await readNow(deviceNamed(command.device));
        return read.ok ? success({ detail: { completeness: read.value.completeness.state } }) : read;
      }
      case 'test': {
        const tested = await test(command.address);
        if (!tested.ok) return tested;
        const { cause, ping, driver, wire } = tested.value;
        return success({ detail: { cause, ping: ping.state, driver: driver?.name ?? null, packets: wire.packets } });
      }
      case 'capture':
        return capture(command.address);
      default:
        return unreachable(command);
    }
  };
}
