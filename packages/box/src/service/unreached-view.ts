/** Ranges that are not reached, as pages and central are told of them. */
import type { UnreachedRange } from '@rsb/contract';
import { isoInstant } from '@rsb/runtime';
import { type FoundRange, isUnreached } from '../store/range-findings.ts';

export const unreachedViews = (found: readonly FoundRange[]): UnreachedRange[] =>
  found.flatMap(({ range, finding, since }) =>
    isUnreached(finding) ? [{ range, reason: finding, since: isoInstant(since) }] : [],
  );
