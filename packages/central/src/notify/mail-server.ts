/** The mail server and channels as they may be saved: what a schema cannot say, each with its field. */

import { isIP } from 'node:net';
import { type AlertChannel, type Fault, fault, MailServer, parserOf } from '@rsb/contract';
import { failure, type Outcome, success } from '@rsb/runtime';
import { isPrivateAddress } from './private-address.ts';

const parse = parserOf(MailServer);

export function parseMailServer(value: string): Omit<MailServer, 'password'> | undefined {
  const parsed = parse(JSON.parse(value));
  return parsed.ok ? parsed.value : undefined;
}

/** One address and nothing beside it: no name, no list, no line end. */
const ADDRESS = /^[^\s\p{Cc}<>()[\]\\,;:"@]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/u;
export const isMailAddress = (text: string): boolean => ADDRESS.test(text);

export function judgeMailServer(server: MailServer, hasPassword: boolean): Outcome<MailServer, Fault> {
  if (!isMailAddress(server.from)) return failure(fault('mailAddressInvalid', { address: server.from }, '/from'));
  if (!/^[A-Za-z0-9.:-]+$/.test(server.host))
    return failure(fault('fieldInvalid', { path: '/host', detail: 'notHost' }, '/host'));
  const isHere = server.host === 'localhost' || /^127\./.test(server.host) || server.host === '::1';
  if (server.user !== null && hasPassword && server.security === 'none' && !isHere)
    return failure(fault('mailServerInsecure', { host: server.host }, '/security'));
  return success(server);
}

export function judgeChannel(channel: AlertChannel): Outcome<AlertChannel, Fault> {
  if (channel.name.trim() === '') return failure(fault('fieldInvalid', { path: '/name', detail: 'blank' }, '/name'));
  if (channel.kind === 'mail') {
    for (const [index, address] of channel.to.entries())
      if (!isMailAddress(address)) return failure(fault('mailAddressInvalid', { address }, `/to/${index}`));
    try {
      new Intl.DateTimeFormat('en', { timeZone: channel.zone });
    } catch {
      return failure(fault('zoneUnknown', { zone: channel.zone }, '/zone'));
    }
    return success(channel);
  }
  const url = URL.canParse(channel.url) ? new URL(channel.url) : null;
  const isWeb = url !== null && (url.protocol === 'https:' || (url.protocol === 'http:' && channel.allowPrivate));
  if (!isWeb || url.username !== '' || url.password !== '')
    return failure(fault('webhookUrlInvalid', { url: channel.url }, '/url'));
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isInside = isIP(host) === 0 ? host === 'localhost' || host.endsWith('.localhost') : isPrivateAddress(host);
  if (isInside && !channel.allowPrivate) return failure(fault('webhookPrivate', { host }, '/url'));
  return success(channel);
}
