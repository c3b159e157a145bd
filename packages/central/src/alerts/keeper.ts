/** Rules and channels as they are now, for all who work with them. What is stored was checked when it was saved. */
import {
  type AlertChannel,
  type AlertRule,
  AlertChannel as ChannelShape,
  parseAlertRule,
  parserOf,
} from '@rsb/contract';
import type { CentralDatabase } from '../store/database.ts';
import { DEFAULT_RULES } from './rule-set.ts';
import type { KnownChannel } from './tell.ts';

const parseChannel = parserOf(ChannelShape);

export async function currentRules({
  alertHouse,
}: CentralDatabase): Promise<{ readonly revision: number; readonly rules: readonly AlertRule[] }> {
  const stored = await alertHouse.findRules();
  if (!stored) return { revision: 0, rules: DEFAULT_RULES };
  const values: unknown = JSON.parse(stored.value);
  // A rule of another version is left out and not guessed at.
  const rules = (Array.isArray(values) ? values : []).flatMap((value) => {
    const parsed = parseAlertRule(value);
    return parsed.ok ? [parsed.value] : [];
  });
  return { revision: stored.revision, rules };
}

export function readChannel(value: string): AlertChannel | undefined {
  const parsed = parseChannel(JSON.parse(value));
  return parsed.ok ? parsed.value : undefined;
}

export async function currentChannels({ alertHouse }: CentralDatabase): Promise<KnownChannel[]> {
  return (await alertHouse.listChannels()).flatMap(({ id, value }) => {
    const channel = readChannel(value);
    return channel ? [{ id, channel }] : [];
  });
}
