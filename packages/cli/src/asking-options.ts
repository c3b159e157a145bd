/** The options that `scan` and `read` share: how, how often and how patiently devices are asked. */
import { type Fault, fault } from '@rsb/contract';
import { m } from '@rsb/messages';
import { failure, type Millis, millis, type Outcome, Secret, seconds, success } from '@rsb/runtime';
import type { Credential, Patience } from '@rsb/snmp';
import type { CommandIo } from './io.ts';
import { parseWhole } from './options.ts';
import { parseUser, USER_OPTIONS, type UserValues } from './user-options.ts';

export const ASKING_OPTIONS = {
  port: { type: 'string', default: '161' },
  community: { type: 'string', multiple: true },
  ...USER_OPTIONS,
  rate: { type: 'string', default: '25' },
  timeout: { type: 'string' },
  retries: { type: 'string' },
  data: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

export interface AskingValues extends UserValues {
  readonly port: string;
  readonly community?: readonly string[] | undefined;
  readonly rate: string;
  readonly timeout?: string | undefined;
  readonly retries?: string | undefined;
}

export interface Asking {
  readonly port: number;
  /** The user of SNMPv3, then each community as v2c, then as v1. Who names a user alone means no community. */
  readonly credentials: readonly Credential[];
  readonly packetsPerSecond: number;
  readonly patience: Patience;
}

const MOST_RATE = 100_000;
const LONGEST_WAIT = seconds(60);

export function parseAsking(
  values: AskingValues,
  patience: Patience,
  io: Pick<CommandIo, 'env' | 'locale'>,
): Outcome<Asking, Fault> {
  const { locale } = io;
  const wrong = (detail: string) => failure(fault('usage', { detail }));
  const port = parseWhole('port', values.port, 1, 65_535);
  if (!port.ok) return port;
  const retries =
    values.retries === undefined ? success(patience.retries) : parseWhole('retries', values.retries, 0, 10);
  if (!retries.ok) return retries;
  const rate = /^\d{1,6}(\.\d{1,3})?$/.test(values.rate) ? Number(values.rate) : Number.NaN;
  if (!(rate <= MOST_RATE)) {
    const range = { name: 'rate', value: values.rate, least: 0, most: MOST_RATE };
    return wrong(m.cli_option_number(range, { locale }));
  }
  const timeout = values.timeout === undefined ? patience.timeout : timeOf(values.timeout);
  if (timeout === undefined) return wrong(m.cli_option_time({ value: values.timeout ?? '' }, { locale }));
  const user = parseUser(values, io);
  if (!user.ok) return user;
  const communities = values.community ?? (user.value ? [] : ['public']);
  if (communities.some((text) => text.length === 0 || text.length > 255)) {
    return wrong(m.cli_community_length({}, { locale }));
  }
  const byCommunity = [...new Set(communities)].flatMap((text): Credential[] => {
    const community = new Secret(text);
    return [
      { version: 'v2c', community },
      { version: 'v1', community },
    ];
  });
  return success({
    port: port.value,
    credentials: user.value ? [user.value, ...byCommunity] : byCommunity,
    packetsPerSecond: rate,
    patience: { timeout, retries: retries.value },
  });
}

/**
 * Seconds, or milliseconds with `ms`. A bare number over a minute is milliseconds too: nobody waits that long for a
 * printer, and other tools count so.
 */
function timeOf(text: string): Millis | undefined {
  const [, number = '', unit] = /^(\d{1,5}(?:\.\d{1,3})?)(ms|s)?$/.exec(text) ?? [];
  const value = Number(number);
  const bare = unit === undefined && value > 60;
  const wait = unit === 'ms' || bare ? millis(value) : seconds(value);
  return number !== '' && wait > 0 && wait <= LONGEST_WAIT ? wait : undefined;
}
