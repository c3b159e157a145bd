/** Every change of the tables, in order. Append only: a released migration is never edited. */
import type { Migration } from 'kysely/migration';
import { firstTables } from './0001-first-tables.ts';
import { workedThrough } from './0002-worked-through.ts';
import { peopleAndPlaces } from './0003-people-and-places.ts';
import { alerts } from './0005-alerts.ts';
import { standings } from './0006-standings.ts';
import { proposals } from './0007-proposals.ts';
import { foundByWords } from './0008-found-by-words.ts';
import { inOrder } from './0009-in-order.ts';
import { resolvedSettings } from './0010-resolved-settings.ts';
import { oneAttention } from './0011-one-attention.ts';
import { usedChallenges } from './0012-used-challenges.ts';
import { codeSites } from './0013-code-sites.ts';
import { captures } from './0014-captures.ts';
import { unreachedRanges } from './0015-unreached-ranges.ts';
import { foundAlerts } from './0016-found-alerts.ts';
import { alertSteps } from './0017-alert-steps.ts';
import type { Engine } from './column-types.ts';

export function migrations(engine: Engine): Record<string, Migration> {
  return {
    '0001-first-tables': firstTables(engine),
    '0002-worked-through': workedThrough(engine),
    '0003-people-and-places': peopleAndPlaces(engine),
    '0005-alerts': alerts(engine),
    '0006-standings': standings(engine),
    '0007-proposals': proposals(engine),
    '0008-found-by-words': foundByWords(engine),
    '0009-in-order': inOrder,
    '0010-resolved-settings': resolvedSettings(engine),
    '0011-one-attention': oneAttention(),
    '0012-used-challenges': usedChallenges(engine),
    '0013-code-sites': codeSites(engine),
    '0014-captures': captures(engine),
    '0015-unreached-ranges': unreachedRanges(engine),
    '0016-found-alerts': foundAlerts,
    '0017-alert-steps': alertSteps(engine),
  };
}
