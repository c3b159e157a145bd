/**
 * The far end of a virtual cable: whole IP packets in and out of an interface, by a packet socket (packet(7)). Only in a
 * network namespace of a program's own: there it needs no right of the machine, and nothing reaches another network.
 */
import { close, read, write } from 'node:fs';
import { promisify } from 'node:util';

export interface PacketLine {
  send(packet: Uint8Array): void;
  close(): Promise<void>;
}

const AF_PACKET = 17;
const SOCK_RAW = 3;
const SOCK_CLOEXEC = 0o2_000_000;
const ETH_P_IP = 0x0800;
const SOL_SOCKET = 1;
const SO_RCVTIMEO = 20;
const SO_RCVBUF = 8;
const ETHERNET_HEADER = 14;
const LARGEST_FRAME = 65_536;
/** A read ends at this age, so that the line can be closed. */
const READ_MICROSECONDS = 100_000;
/** Locally administered: the sender of all that the site says. */
const OURS = Buffer.from('020000000002', 'hex');
const RECEIVE_BUFFER = 8 * 1024 * 1024;

/** sockios.h: when the packet that was read last had come, by the kernel; a busy program reads it later. */
const SIOCGSTAMPNS = 0x8907;

/** Gets a view that is gone when it returns, and the moment at which it came, in milliseconds. */
export type OnPacket = (packet: Uint8Array, cameAt: number) => void;

/** Rejects with the system's code. */
export async function openPacketLine(device: string, onPacket: OnPacket): Promise<PacketLine> {
  const { default: koffi } = await import('koffi');
  const library = koffi.load(null);
  const socket = library.func('int socket(int domain, int type, int protocol)');
  const bind = library.func('int bind(int fd, const uint8_t *address, uint32_t length)');
  const setOption = library.func('int setsockopt(int fd, int level, int name, const uint8_t *value, uint32_t length)');
  const control = library.func('int ioctl(int fd, unsigned long request, uint8_t *value)');
  // Not from /sys, which shows the namespace that it was mounted in.
  const indexOf = library.func('uint32_t if_nametoindex(const char *name)');
  const index: number = indexOf(device);
  const networkOrder = ((ETH_P_IP & 0xff) << 8) | (ETH_P_IP >> 8);
  const fd: number = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, networkOrder);
  // struct sockaddr_ll: family, protocol, interface; the rest is for sending without a header.
  const address = Buffer.alloc(20);
  address.writeUInt16LE(AF_PACKET, 0);
  address.writeUInt16BE(ETH_P_IP, 2);
  address.writeInt32LE(index, 4);
  const patience = Buffer.alloc(16);
  patience.writeBigInt64LE(BigInt(READ_MICROSECONDS), 8);
  const room = Buffer.alloc(4);
  room.writeInt32LE(RECEIVE_BUFFER);
  if (fd < 0 || bind(fd, address, address.length) < 0 || setOption(fd, SOL_SOCKET, SO_RCVTIMEO, patience, 16) < 0) {
    throw new Error(`no packet socket on ${device}: error ${koffi.errno()}`);
  }
  setOption(fd, SOL_SOCKET, SO_RCVBUF, room, 4);
  const stamp = Buffer.alloc(16);
  const cameAt = (): number => {
    if (control(fd, SIOCGSTAMPNS, stamp) < 0) throw new Error(`no moment of a packet: error ${koffi.errno()}`);
    return Number(stamp.readBigInt64LE(0)) * 1000 + Number(stamp.readBigInt64LE(8)) / 1e6;
  };
  // Asked before the first packet, so that all have one.
  control(fd, SIOCGSTAMPNS, stamp);

  let theirs = Buffer.alloc(6, 0xff);
  let open = true;
  const readFrame = promisify(read);
  const frame = Buffer.alloc(LARGEST_FRAME);
  const reading = (async () => {
    while (open) {
      let length = 0;
      try {
        length = (await readFrame(fd, frame, 0, frame.length, null)).bytesRead;
      } catch (error) {
        // Nothing came in time.
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      }
      // Our own frames are seen on the way out, too.
      if (length <= ETHERNET_HEADER || frame.subarray(6, 12).equals(OURS)) continue;
      theirs = Buffer.from(frame.subarray(6, 12));
      onPacket(frame.subarray(ETHERNET_HEADER, length), cameAt());
    }
  })();
  return {
    send(packet) {
      if (!open) return;
      const type = Buffer.from([ETH_P_IP >> 8, ETH_P_IP & 0xff]);
      write(fd, Buffer.concat([theirs, OURS, type, packet]), () => {});
    },
    async close() {
      open = false;
      await reading;
      await promisify(close)(fd);
    },
  };
}
