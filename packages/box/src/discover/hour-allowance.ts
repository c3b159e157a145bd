/** How many bytes may still go in any hour: those sent, their answers, and what answers that are awaited may still bring. */
import { minutes, seconds } from '@rsb/runtime';

export interface HourAllowance {
  bytesPerHour: number;
  /** Milliseconds until a packet and its answer have room; 0 = now. */
  untilRoom(packet: Packet, now: number): number;
  sent(packet: Packet, now: number): void;
  received(address: string, bytes: number, now: number): void;
}

export interface Packet {
  readonly address: string;
  readonly bytes: number;
  readonly kind: 'echo' | 'snmp';
}

const SLOT = minutes(1);
const SLOTS = 60;
/** After that its answer is taken for lost. */
const AWAITED = seconds(10);
/** One Ethernet frame: what an answer to SNMP may weigh at most, since requests are made for 1,400 bytes. */
const LARGEST_ANSWER = 1500;

const answerTo = ({ bytes, kind }: Packet): number => (kind === 'echo' ? bytes : LARGEST_ANSWER);

/** A window of whole minutes that slides: no hour holds more, wherever it begins. */
export function createHourAllowance(first: number): HourAllowance {
  let bytesPerHour = first;
  const slots: { readonly minute: number; bytes: number }[] = [];
  let used = 0;
  let awaited = 0;
  /** In the order in which they end. */
  const open: { readonly address: string; readonly bytes: number; readonly until: number }[] = [];

  const forget = (now: number) => {
    const oldest = Math.floor(now / SLOT) - SLOTS;
    while (slots[0] && slots[0].minute < oldest) used -= slots.shift()?.bytes ?? 0;
    while (open[0] && open[0].until <= now) awaited -= open.shift()?.bytes ?? 0;
  };
  const spend = (bytes: number, now: number) => {
    used += bytes;
    const minute = Math.floor(now / SLOT);
    const last = slots.at(-1);
    if (last?.minute === minute) last.bytes += bytes;
    else slots.push({ minute, bytes });
  };

  return {
    get bytesPerHour() {
      return bytesPerHour;
    },
    set bytesPerHour(next) {
      bytesPerHour = next;
    },
    untilRoom(packet, now) {
      forget(now);
      // The smallest allowance must not stop a range for ever: in an hour in which nothing went, one packet may.
      if (used + awaited === 0 || used + awaited + packet.bytes + answerTo(packet) <= bytesPerHour) return 0;
      const ends = [open[0]?.until, slots[0] && (slots[0].minute + SLOTS + 1) * SLOT];
      return Math.max(1, Math.min(...ends.flatMap((end) => end ?? [])) - now);
    },
    sent(packet, now) {
      forget(now);
      spend(packet.bytes, now);
      const bytes = answerTo(packet);
      awaited += bytes;
      open.push({ address: packet.address, bytes, until: now + AWAITED });
    },
    received(address, bytes, now) {
      forget(now);
      spend(bytes, now);
      const place = open.findIndex((each) => each.address === address);
      if (place >= 0) awaited -= open.splice(place, 1)[0]?.bytes ?? 0;
    },
  };
}
