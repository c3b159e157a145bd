/**
 * One signed call to a webhook. Bounded in time and in what is read of the answer; no redirect is followed; where a name
 * leads is checked on the address that is really connected to.
 */
import { createHmac } from 'node:crypto';
import { lookup as systemLookup } from 'node:dns';
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { AlertChannel } from '@rsb/contract';
import { type Clock, type Millis, type Secret, seconds } from '@rsb/runtime';
import { isPrivateAddress } from './private-address.ts';
import type { Sent } from './sent.ts';

export type WebhookTarget = Pick<Extract<AlertChannel, { kind: 'webhook' }>, 'url' | 'allowPrivate'>;

export interface WebhookCall {
  /** The same for each repeat of one delivery. */
  readonly eventId: string;
  readonly body: string;
}

export interface WebhookNeeds {
  readonly clock: Clock;
  readonly lookup?: LookupFunction | undefined;
  /** Authorities beside those of the system, for tests. */
  readonly authority?: string | undefined;
}

/** A receiver that takes longer has not answered. */
export const WEBHOOK_TIME: Millis = seconds(10);
/** Of an answer's body only the beginning is read, for the log. */
const MOST_ANSWER = 300;

/** HMAC-SHA256 over the timestamp, a full stop and the body as sent. */
export function signatureOf(secret: Secret, timestamp: string, body: string): string {
  return `v1=${createHmac('sha256', secret.reveal()).update(`${timestamp}.${body}`).digest('hex')}`;
}

export function callWebhook(
  { url, allowPrivate }: WebhookTarget,
  secret: Secret,
  { eventId, body }: WebhookCall,
  { clock, lookup = systemLookup as LookupFunction, authority }: WebhookNeeds,
): Promise<Sent> {
  const target = new URL(url);
  const host = target.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !allowPrivate && isPrivateAddress(host)) return Promise.resolve(refused(host));
  const timestamp = String(Math.floor(clock.now() / 1000));
  const bytes = Buffer.from(body);
  const call = target.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve) => {
    let request: ClientRequest | undefined;
    let answered = false;
    const timer = clock.after('webhook', WEBHOOK_TIME, () =>
      end({ delivered: false, final: false, answer: `no answer within ${WEBHOOK_TIME / 1000} s` }),
    );
    const end = (sent: Sent): void => {
      if (answered) return;
      answered = true;
      timer.cancel();
      request?.destroy();
      resolve(sent);
    };
    try {
      request = call(
        target,
        {
          method: 'POST',
          agent: false,
          lookup: allowPrivate ? lookup : publicOnly(lookup),
          ...(authority === undefined ? {} : { ca: authority }),
          headers: {
            'content-type': 'application/json; charset=utf-8',
            'content-length': bytes.length,
            'user-agent': 'RemoteServiceBox',
            'rsb-event-id': eventId,
            'rsb-timestamp': timestamp,
            'rsb-signature': signatureOf(secret, timestamp, body),
          },
        },
        (response) => readAnswer(response, end),
      );
      request.on('error', (error) => end(failed(error)));
      request.end(bytes);
    } catch (error) {
      end(failed(error));
    }
  });
}

function readAnswer(response: IncomingMessage, end: (sent: Sent) => void): void {
  const status = response.statusCode ?? 0;
  let text = '';
  const finish = () => end(judge(status, text));
  response.setEncoding('utf8');
  response.on('data', (part: string) => {
    text += part;
    // The rest is not waited for: the status says it all.
    if (text.length >= MOST_ANSWER) finish();
  });
  response.on('end', finish);
  response.on('error', finish);
}

function judge(status: number, text: string): Sent {
  const words = text
    .slice(0, MOST_ANSWER)
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  const answer = words === '' ? `HTTP ${status}` : `HTTP ${status}: ${words}`;
  if (status >= 200 && status < 300) return { delivered: true, final: true, answer };
  // 410 Gone: the receiver says that it will never want this.
  return { delivered: false, final: status === 410, answer };
}

function failed(error: unknown): Sent {
  if (error instanceof PrivateAddress) return refused(error.message);
  const code = (error as NodeJS.ErrnoException).code;
  const detail = error instanceof Error ? error.message : String(error);
  return {
    delivered: false,
    final: false,
    answer: code === undefined ? detail : `${code}: ${detail}`.slice(0, MOST_ANSWER),
  };
}

const refused = (host: string): Sent => ({
  delivered: false,
  final: false,
  answer: `${host} leads into a private network, and the channel does not allow it`,
});

class PrivateAddress extends Error {}

/** Judges what the name says at this very connection: a name that changes in between is no way in. */
function publicOnly(lookup: LookupFunction): LookupFunction {
  return (hostname, options, callback) =>
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '', 0);
      const addresses = Array.isArray(found) ? found : [];
      const open = addresses.filter(({ address }) => !isPrivateAddress(address));
      const [first] = open;
      // Not one of several: a name that leads inside as well is not to be trusted.
      if (!first || open.length < addresses.length) return callback(new PrivateAddress(hostname), '', 0);
      if (options.all) (callback as unknown as (error: null, all: typeof open) => void)(null, open);
      else callback(null, first.address, first.family);
    });
}
