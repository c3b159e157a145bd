/**
 * Hears traps where somebody switched that on: one UDP socket that never answers. What is heard only makes the box look
 * sooner at a machine that it knows.
 */
import { createSocket, type Socket } from 'node:dgram';
import { isIP } from 'node:net';
import type { TrapSetting, TrapsView } from '@rsb/contract';
import type { Log } from '@rsb/runtime';
import { isNotification } from './notification.ts';
import type { Sooner } from './sooner.ts';

export interface TrapListener {
  /** Opens, closes or moves the socket as the setting says. */
  use(setting: TrapSetting): void;
  view(): TrapsView;
  stop(): Promise<void>;
}

/** Room for a burst while the loop is busy, and no more: what overflows is lost, as any trap may be. */
const RECEIVE_BUFFER = 256 * 1024;

export function createTrapListener(deps: {
  /** Where the page is heard, too. */
  readonly host: string;
  readonly sooner: Sooner;
  readonly log: Log;
}): TrapListener {
  const { host, sooner, log } = deps;
  let open: { readonly socket: Socket; readonly port: number } | null = null;
  let fault: string | null = null;
  let wanted: TrapSetting = { on: false, port: 0 };

  const close = () => {
    open?.socket.close();
    open = null;
    fault = null;
  };

  const listen = (port: number) => {
    const type = isIP(host) === 6 ? 'udp6' : 'udp4';
    const socket = createSocket({ type, recvBufferSize: RECEIVE_BUFFER });
    const made = { socket, port };
    open = made;
    socket.on('message', (bytes, from) => {
      if (isNotification(bytes)) sooner.heard(plain(from.address));
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (open !== made) return;
      close();
      fault = error.code ?? error.message;
      log.warn('traps are not heard', { port, code: fault });
    });
    socket.bind(port, host);
    // The page keeps the box alive; this alone does not.
    socket.unref();
  };

  return {
    use(setting) {
      if (setting.on === wanted.on && setting.port === wanted.port && fault === null) return;
      wanted = setting;
      close();
      if (setting.on) listen(setting.port);
    },
    view() {
      const { heard, looks } = sooner.counts;
      const state = !wanted.on ? 'off' : fault === null ? 'heard' : 'failed';
      return { state, port: wanted.port, code: fault, traps: heard, looks };
    },
    async stop() {
      close();
      wanted = { on: false, port: 0 };
      await sooner.stop();
    },
  };
}

/** An IPv4 sender on a socket of both families is written with a prefix (RFC 4291 §2.5.5.2). */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/, '');
