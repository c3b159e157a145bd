/**
 * Takes what is ready to its channels. Several channels side by side, one delivery of a channel at a time: a receiver that
 * does not answer delays nobody else. At least once: what was sent and not noted before a crash is sent again under the same
 * id.
 */
import {
  type Clock,
  instant,
  isoInstant,
  type Log,
  type Millis,
  minutes,
  type Random,
  retryDelay,
  seconds,
} from '@rsb/runtime';
import { readChannel } from '../alerts/keeper.ts';
import type { CentralDatabase } from '../store/database.ts';
import type { DeliveryRow } from '../store/deliveries.ts';
import { drawId } from '../store/identifiers.ts';
import { domainOf, type MailWay, sendMail } from './mail.ts';
import { parseMailServer } from './mail-server.ts';
import { mailWords } from './mail-text.ts';
import { type DeliveryPayload, intoPayloads, TEST_PAYLOAD, webhookBody } from './payload.ts';
import { channelContext, MAIL_SERVER, type Seal } from './seal.ts';
import type { Sent } from './sent.ts';
import { callWebhook, type WebhookNeeds } from './webhook.ts';

export interface CourierNeeds {
  readonly database: CentralDatabase;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly seal: Seal;
  readonly publicUrl: string | null;
  readonly webhook?: Omit<WebhookNeeds, 'clock'>;
}

export interface Courier {
  start(): void;
  /** Something may have become ready. */
  wake(): void;
  /** Sends all that is due by then, now; returns how many attempts were made. */
  runUntil(at: number): Promise<number>;
  /** Sends a test to a channel and says how that went; undefined where there is no such channel. */
  test(channel: number): Promise<Sent | undefined>;
  close(): Promise<void>;
}

const LEASE: Millis = minutes(3);
const LONGEST_WAIT: Millis = minutes(1);
const SHORTEST_WAIT: Millis = seconds(1);
const MOST_AT_ONCE = 6;
const RETRIES = { initial: seconds(30), factor: 2, longest: minutes(360), jitter: 0.2 } as const;
/** About three days with the delays above. */
export const MOST_ATTEMPTS = 18;
/** How long the log is kept. */
const LOG_KEPT: number = 120 * 24 * minutes(60);

export function createCourier(needs: CourierNeeds): Courier {
  const { database, clock, random, log } = needs;
  const { deliveries } = database;
  const end = new AbortController();
  let pause = new AbortController();
  let running: Promise<void> | undefined;
  const onTheWay = new Map<number, Promise<void>>();

  const pack = async (now: number): Promise<void> => {
    for (const id of await deliveries.readyChannels(now)) {
      const row = await database.alertHouse.findChannel(id);
      const channel = row && readChannel(row.value);
      if (!channel) continue;
      const daily = channel.kind === 'mail' && channel.when === 'daily';
      await deliveries.pack({ id, name: channel.name, kind: channel.kind }, now, (lines) =>
        intoPayloads(lines, daily).map((payload) => ({
          id: drawId(random),
          alerts: payload.total,
          payload: JSON.stringify(payload),
        })),
      );
    }
  };
  const carry = async (row: DeliveryRow, token: string): Promise<void> => {
    const sent = await attempt(needs, row).catch(
      (error: unknown): Sent => ({
        delivered: false,
        final: false,
        answer: error instanceof Error ? error.message : String(error),
      }),
    );
    const attempts = row.attempts + 1;
    const now = clock.now();
    const over = sent.final || attempts >= MOST_ATTEMPTS;
    const state = sent.delivered ? 'delivered' : over ? 'gaveUp' : 'waiting';
    const kept = await deliveries.settle(row.id, token, {
      state,
      attempts,
      next_at: state === 'waiting' ? now + retryDelay(RETRIES, attempts, random) : now,
      delivered_at: sent.delivered ? now : null,
      answer: sent.answer,
    });
    if (!sent.delivered)
      log.warn('alertNotDelivered', { channel: row.channel_name, attempts, state, answer: sent.answer });
    if (!kept) log.warn('deliveryLeaseLost', { delivery: row.id });
  };
  /** Starts what is due and free; returns how many. */
  const send = async (due: number): Promise<number> => {
    let started = 0;
    while (onTheWay.size < MOST_AT_ONCE && !end.signal.aborted) {
      const token = Buffer.from(random.bytes(12)).toString('hex');
      const now = clock.now();
      const row = await deliveries.claim({ token, now: Math.max(now, due), until: Math.max(now, due) + LEASE }, [
        ...onTheWay.keys(),
      ]);
      if (!row) break;
      started += 1;
      const way = carry(row, token)
        .catch((error: unknown) =>
          log.error('deliveryFailed', { detail: error instanceof Error ? error.message : String(error) }),
        )
        .finally(() => {
          onTheWay.delete(row.channel_id);
          pause.abort();
        });
      onTheWay.set(row.channel_id, way);
    }
    return started;
  };
  const loop = async (): Promise<void> => {
    let prunedAt = 0;
    while (!end.signal.aborted) {
      let wait: number = LONGEST_WAIT;
      try {
        const now = clock.now();
        await pack(now);
        await send(now);
        if (now - prunedAt > 60 * minutes(60)) {
          await deliveries.prune(now - LOG_KEPT);
          prunedAt = now;
        }
        const due = await deliveries.nextDue();
        if (due !== undefined) wait = Math.max(SHORTEST_WAIT, due - clock.now());
      } catch (error) {
        if (end.signal.aborted) return;
        log.error('courierInterrupted', { detail: error instanceof Error ? error.message : String(error) });
      }
      const signal = AbortSignal.any([end.signal, pause.signal]);
      await clock.sleep('courier', Math.min(LONGEST_WAIT, wait) as Millis, signal).catch(() => {});
      if (pause.signal.aborted) pause = new AbortController();
    }
  };
  return {
    start() {
      running ??= loop();
    },
    wake: () => pause.abort(),
    async runUntil(at) {
      await pack(at);
      let attempts = 0;
      for (;;) {
        const started = await send(at);
        attempts += started;
        if (started === 0 && onTheWay.size === 0) return attempts;
        if (onTheWay.size > 0) await Promise.race(onTheWay.values());
      }
    },
    async test(channel) {
      const row = await database.alertHouse.findChannel(channel);
      const value = row && readChannel(row.value);
      if (!row || !value) return undefined;
      const now = clock.now();
      const delivery: DeliveryRow = {
        id: drawId(random),
        channel_id: channel,
        channel_name: value.name,
        kind: value.kind,
        made_at: now,
        state: 'gaveUp',
        attempts: 1,
        next_at: now,
        delivered_at: null,
        answer: null,
        alerts: 0,
        is_test: 1,
        payload: JSON.stringify(TEST_PAYLOAD),
        token: null,
        leased_until: 0,
      };
      const sent = await attempt(needs, delivery);
      const state = sent.delivered ? 'delivered' : 'gaveUp';
      await deliveries.add({
        ...delivery,
        state,
        answer: sent.answer,
        delivered_at: sent.delivered ? clock.now() : null,
      });
      return sent;
    },
    async close() {
      end.abort();
      await running;
      await Promise.all(onTheWay.values());
    },
  };
}

async function attempt(needs: CourierNeeds, row: DeliveryRow): Promise<Sent> {
  const { database, clock, seal, publicUrl } = needs;
  const stored = await database.alertHouse.findChannel(row.channel_id);
  const channel = stored && readChannel(stored.value);
  if (!channel) return { delivered: false, final: true, answer: 'the channel is gone' };
  const payload: DeliveryPayload = JSON.parse(row.payload);
  if (channel.kind === 'webhook') {
    const secret = stored.secret === null ? undefined : seal.open(stored.secret, channelContext(stored.id));
    if (!secret)
      return { delivered: false, final: false, answer: 'the signing secret cannot be opened: it needs a new one' };
    const body = webhookBody(String(row.id), isoInstant(instant(row.made_at)), payload);
    return callWebhook(channel, secret, { eventId: String(row.id), body }, { ...needs.webhook, clock });
  }
  const way = await mailWay(needs);
  if (!way) return { delivered: false, final: false, answer: 'no mail server is set' };
  const dealer = (await database.house.findDealer())?.name ?? '';
  const frame = { channelName: channel.name, dealer, locale: channel.language, zone: channel.zone, publicUrl };
  return sendMail(way, {
    ...mailWords(payload, frame),
    to: channel.to,
    messageId: `<${row.id}@${domainOf(way.server.from)}>`,
    date: new Date(row.made_at),
    senderName: dealer,
  });

  async function mailWay({ database: { alertHouse } }: CourierNeeds): Promise<MailWay | undefined> {
    const found = await alertHouse.findMailServer();
    const server = found && parseMailServer(found.value);
    if (!found || !server) return undefined;
    return { server, password: found.password === null ? null : (seal.open(found.password, MAIL_SERVER) ?? null) };
  }
}
