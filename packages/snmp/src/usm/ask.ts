/**
 * A request of an SNMPv3 user from first contact to answer. A device that is known costs what v2c costs; the first
 * contact one exchange more. A wrong clock and another engine are each mended once a request.
 */
import { millis } from '@rsb/runtime';
import type { Device } from '../device.ts';
import type { SnmpFailure, UsmReason } from '../engine.ts';
import type { Question, Reply } from '../exchange.ts';
import type { Wire } from '../wire.ts';
import { DiscoveryExchange } from './discovery.ts';
import type { UsmLogin } from './login.ts';
import { isEngineId, Peer } from './peer.ts';
import type { Salts } from './privacy.ts';
import { type Hint, UsmExchange } from './usm-exchange.ts';

export async function askAsUser(wire: Wire, salts: Salts, login: UsmLogin, question: Question): Promise<Reply> {
  const { auth, privacy } = login.credential;
  if (auth === null && privacy !== null) return nothing({ kind: 'usm', reason: 'unsupportedLevel' });
  const { device } = question;
  const mended = new Set<UsmReason>();
  let waited = 0;
  for (;;) {
    if (device.peer === null) {
      const found = await new Promise<Reply>((resolve) => wire.ask(new DiscoveryExchange(wire, question, resolve)));
      waited += found.waited;
      if (found.failure !== null || device.peer === null) return { ...found, waited: millis(waited) };
    }
    const { peer } = device;
    const heard: { hint: Hint | null } = { hint: null };
    const reply = await new Promise<Reply>((resolve) => {
      const exchange = new UsmExchange(wire, { login, peer, salts }, question, (told) => {
        heard.hint = exchange.hint;
        resolve(told);
      });
      wire.ask(exchange);
    });
    waited += reply.waited;
    const reason = reply.failure?.kind === 'usm' ? reply.failure.reason : null;
    if (heard.hint !== null) believe(wire, heard.hint, reason, question.device);
    // Whoever drops what is for another engine in silence is met anew at the next contact.
    if (reply.failure?.kind === 'timeout' && device.peer === peer) device.peer = null;
    const isMendable = (reason === 'notInTimeWindow' || reason === 'unknownEngine') && !mended.has(reason);
    if (!isMendable) return { ...reply, waited: millis(waited) };
    mended.add(reason);
  }
}

/** An unsigned report counts once its request got no answer: only for what the next one says, never for what it proves. */
function believe(wire: Wire, { envelope }: Hint, reason: UsmReason | null, device: Device): void {
  const now = wire.clock.monotonic();
  const { peer } = device;
  const isSameEngine = peer !== null && Buffer.compare(peer.engineId, envelope.engineId) === 0;
  if (reason === 'notInTimeWindow' && isSameEngine) peer.hear(envelope, now);
  if (reason === 'unknownEngine' && !isSameEngine && isEngineId(envelope.engineId)) {
    device.peer = new Peer(envelope, now, wire.engineClocks.of(envelope.engineId));
  }
}

const nothing = (failure: SnmpFailure): Reply => ({ failure, roundTrip: null, waited: millis(0) });
