/** Puts simulated machines on the wire, a taken port being an answer and not a crash. */
import { type Fault, fault } from '@rsb/contract';
import { failure, type Outcome, success } from '@rsb/runtime';
import { type RunningSite, type SimulatedMachine, SiteBindError, startSite } from '@rsb/simulator';

export async function bindSite(
  machines: readonly SimulatedMachine[],
  port: number,
): Promise<Outcome<RunningSite, Fault>> {
  try {
    return success(await startSite({ machines, port }));
  } catch (error) {
    if (!(error instanceof SiteBindError)) throw error;
    return failure(fault('portTaken', { port: error.port, address: error.address }));
  }
}
