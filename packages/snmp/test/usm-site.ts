/** One device with SNMPv3 users that restarts, is replaced or loses datagrams as a test says. */
import assert from 'node:assert/strict';
import type { GetAnswer, SnmpFailure, UsmCredential, UsmReason } from '../src/index.ts';
import type { UsmAgent } from '../src/usm/agent.ts';
import { integer } from './agent.ts';
import { driven } from './engine-under-test.ts';
import { type AgentChange, agentOn, engineFacing, NAME, RIGHT, SHORT, saidBy, type UnderTest } from './usm-device.ts';

export interface Site extends UnderTest {
  /** The device as it is now; a test puts another in its place. */
  agent: UsmAgent;
  restart(change: AgentChange): void;
  get(credential: UsmCredential): Promise<GetAnswer>;
}

/** One device; `loses` says which datagrams to it do not arrive. */
export function site(change: AgentChange = {}, loses: (place: number) => boolean = () => false): Site {
  let place = 0;
  const holder: { agent: UsmAgent | null } = { agent: null };
  const test = engineFacing((bytes, clock) => {
    holder.agent ??= agentOn(clock, change);
    place += 1;
    return loses(place) ? [] : saidBy(holder.agent, bytes);
  });
  return {
    ...test,
    get agent() {
      holder.agent ??= agentOn(test.clock, change);
      return holder.agent;
    },
    restart(next) {
      holder.agent = agentOn(test.clock, { ...change, ...next });
    },
    get: (credential) => driven(test.clock, test.engine.get(test.target(credential), [NAME], { patience: SHORT })),
  };
}

export const isRight = ({ failure, varbinds }: GetAnswer) =>
  assert.deepEqual([failure, varbinds], [null, [{ oid: NAME, value: integer(RIGHT) }]]);

export const usm = (reason: UsmReason): SnmpFailure => ({ kind: 'usm', reason });
