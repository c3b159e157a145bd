/** One mail over SMTP. The Message-ID is the delivery's own: a repeat after a crash is known as one. */
import type { MailServer } from '@rsb/contract';
import { type Secret, seconds } from '@rsb/runtime';
import { createTransport } from 'nodemailer';
import type { MailWords } from './mail-text.ts';
import type { Sent } from './sent.ts';

export interface MailWay {
  readonly server: Omit<MailServer, 'password'>;
  readonly password: Secret | null;
}

export interface Envelope extends MailWords {
  readonly to: readonly string[];
  readonly messageId: string;
  readonly date: Date;
  /** Name that stands before the sender's address. */
  readonly senderName: string;
}

const CONNECT_TIME = seconds(15);
const MOST_ANSWER = 300;

/** A domain for Message-IDs: the sender's. */
export const domainOf = (address: string): string => {
  const domain = address.slice(address.lastIndexOf('@') + 1);
  return /^[A-Za-z0-9.-]+$/.test(domain) ? domain : 'central.invalid';
};

export async function sendMail({ server, password }: MailWay, mail: Envelope): Promise<Sent> {
  const transport = createTransport({
    host: server.host,
    port: server.port,
    secure: server.security === 'tls',
    requireTLS: server.security === 'startTls',
    ignoreTLS: server.security === 'none',
    ...(server.user === null ? {} : { auth: { user: server.user, pass: password?.reveal() ?? '' } }),
    tls: { minVersion: 'TLSv1.2', ...(server.authority === null ? {} : { ca: server.authority }) },
    connectionTimeout: CONNECT_TIME,
    greetingTimeout: CONNECT_TIME,
    socketTimeout: CONNECT_TIME,
    dnsTimeout: CONNECT_TIME,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    const done = await transport.sendMail({
      from: { name: mail.senderName, address: server.from },
      to: [...mail.to],
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      messageId: mail.messageId,
      date: mail.date,
      // RFC 3834: no automatic answers to this.
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
    const rejected = done.rejected.length > 0 ? `, refused: ${done.rejected.join(', ')}` : '';
    return { delivered: true, final: true, answer: said(`${done.response}${rejected}`) };
  } catch (error) {
    const { responseCode, code, message } = error as { responseCode?: number; code?: string; message?: string };
    const answer = said(`${code === undefined ? '' : `${code}: `}${message ?? String(error)}`);
    // RFC 5321 §4.2.1: 5yz is for good, where it is about the message and not about who may send.
    const final = responseCode !== undefined && responseCode >= 550 && responseCode < 560 && code === 'EENVELOPE';
    return { delivered: false, final, answer };
  } finally {
    transport.close();
  }
}

const said = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, MOST_ANSWER);
