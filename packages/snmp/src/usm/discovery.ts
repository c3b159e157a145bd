/**
 * Who is at an address, asked once (RFC 3414 §4): the Report names the engine, and its boots and time as a rule, so that
 * the first signed request is timely already. Nobody signs it: a false one costs a request that fails, nothing more.
 */
import type { SnmpFailure } from '../engine.ts';
import { Exchange } from '../exchange.ts';
import type { EncodedName } from '../oid-octets.ts';
import { PDU_TAG } from '../pdu.ts';
import { decodeEnvelope, decodeScopedFrame, encodeDiscovery, FLAG } from './message.ts';
import { isEngineId, Peer } from './peer.ts';

const NO_NAMES: readonly EncodedName[] = [];

export class DiscoveryExchange extends Exchange {
  protected override get names(): readonly EncodedName[] {
    return NO_NAMES;
  }

  protected override encode(id: number): Uint8Array {
    return encodeDiscovery(this.wire.writer, id);
  }

  protected override whySilent(): SnmpFailure {
    const why = super.whySilent();
    return why.kind === 'timeout' ? { ...why, undiscovered: true } : why;
  }

  /** While it waited for its turn another one may have found out. */
  override start(): void {
    if (this.question.device.peer === null) super.start();
    else this.finish(null);
  }

  override receive(bytes: Uint8Array): void {
    const decoded = decodeEnvelope(bytes);
    if (!decoded.ok) {
      this.undecodable(decoded.error);
      return;
    }
    const envelope = decoded.value;
    const answered = this.answered(envelope.messageId, bytes);
    if (answered === undefined) return;
    const scoped = decodeScopedFrame(envelope.bytes, envelope.dataStart, envelope.dataEnd);
    if (
      (envelope.flags & (FLAG.auth | FLAG.privacy)) !== 0 ||
      envelope.sealed ||
      !scoped.ok ||
      scoped.value.pduTag !== PDU_TAG.report
    ) {
      this.wire.dropped.unfitting += 1;
      this.note('no report to a discovery');
      return;
    }
    if (!isEngineId(envelope.engineId)) {
      this.wire.dropped.unfitting += 1;
      this.note('a report without an engine');
      return;
    }
    const before = this.wire.engineClocks.of(envelope.engineId);
    this.question.device.peer = new Peer(envelope, this.wire.clock.monotonic(), before);
    this.succeed(answered);
  }
}
