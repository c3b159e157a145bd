/**
 * A request by community, v1 or v2c: an answer says the same version and community. A wait that saw a wrong answer to
 * the right id is not repeated, as the device would only say the same again.
 */
import { Exchange, type Question, type Reply } from './exchange.ts';
import type { RequestLogin } from './request.ts';
import { type CommunityFrame, decodeResponseFrame } from './response.ts';
import type { Wire } from './wire.ts';

export class CommunityExchange extends Exchange {
  readonly #login: RequestLogin;
  #answeredWrongly = false;

  constructor(wire: Wire, login: RequestLogin, question: Question, resolve: (reply: Reply) => void) {
    super(wire, question, resolve);
    this.#login = login;
  }

  protected override encode(id: number): Uint8Array {
    return this.wire.requests.encode(this.#login, this.question, id);
  }

  protected override get mayTryAgain(): boolean {
    return !this.#answeredWrongly;
  }

  override receive(bytes: Uint8Array): void {
    const decoded = decodeResponseFrame(bytes);
    if (!decoded.ok) {
      this.undecodable(decoded.error);
      return;
    }
    const frame = decoded.value;
    const answered = this.answered(frame.requestId, bytes);
    if (answered === undefined) return;
    const stranger = this.#mismatch(frame);
    const problem = stranger ?? this.question.judge(frame);
    if (problem === null) {
      this.succeed(answered);
      return;
    }
    if (stranger === null) this.wire.dropped.unfitting += 1;
    this.note(problem);
    this.#answeredWrongly = true;
  }

  #mismatch(frame: CommunityFrame): string | null {
    const { version, community } = this.#login;
    if (frame.version !== version) {
      this.wire.dropped.wrongVersion += 1;
      return 'answered in another version';
    }
    const length = frame.communityEnd - frame.communityStart;
    let same = length === community.length;
    for (let index = 0; same && index < length; index += 1) {
      same = frame.bytes[frame.communityStart + index] === community[index];
    }
    if (same) return null;
    this.wire.dropped.wrongCommunity += 1;
    return 'answered with another community';
  }
}
