/** The words of the groups that the counts and the State filter speak of. */
import { m } from '@rsb/messages';

/** With the count in bold, as the counts show them. */
export const rowStateWord = {
  trouble: m.count_trouble,
  attention: m.count_attention,
  asleep: m.count_asleep,
  silent: m.count_silent,
  well: m.count_well,
  notMonitored: m.count_not_monitored,
} as const;

/** Alone, as the filter shows them. */
export const rowStateName = {
  trouble: m.group_trouble,
  attention: m.group_attention,
  asleep: m.group_asleep,
  silent: m.group_silent,
  well: m.group_well,
  notMonitored: m.group_not_monitored,
} as const;
