/** Proposals as the box keeps them: an id that was seen once is known for ever, so that nothing is carried out twice. */
import type { BoxProposalView } from '@rsb/contract';
import type { Instant } from '@rsb/runtime';
import type { Database, Row } from '../store/database.ts';
import { instantAt, instantOrNullAt, textAt, textOrNullAt } from '../store/row.ts';

export type ProposalState = BoxProposalView['state'];

export interface StoredProposal {
  readonly id: string;
  readonly kind: 'settings' | 'command' | 'unknown';
  readonly by: string;
  readonly proposedAt: string;
  readonly receivedAt: Instant;
  /** By this box's clock. */
  readonly endsAt: Instant;
  /** JSON without secrets. */
  readonly shown: string;
  readonly state: ProposalState;
  readonly code: string | null;
  readonly answeredAt: Instant | null;
  readonly answeredBy: string | null;
}

export interface ProposalStore {
  find(id: string): StoredProposal | null;
  add(proposal: StoredProposal): void;
  withState(state: ProposalState): readonly StoredProposal[];
  /** Waiting ones first, then the latest. */
  latest(limit: number): readonly StoredProposal[];
  settle(
    id: string,
    as: {
      readonly state: ProposalState;
      readonly code: string | null;
      readonly at: Instant;
      readonly by: string | null;
    },
  ): void;
}

const SELECT =
  'SELECT id, kind, by_name, proposed_at, received_at, ends_at, shown, state, code, answered_at, answered_by FROM proposal';

export function createProposalStore(db: Database): ProposalStore {
  return {
    find(id) {
      const row = db.one(`${SELECT} WHERE id = ?`, id);
      return row ? storedOf(row) : null;
    },
    add(proposal) {
      db.run(
        'INSERT INTO proposal (id, kind, by_name, proposed_at, received_at, ends_at, shown, state, code, answered_at, answered_by) ' +
          'VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
        proposal.id,
        proposal.kind,
        proposal.by,
        proposal.proposedAt,
        Math.round(proposal.receivedAt),
        Math.round(proposal.endsAt),
        proposal.shown,
        proposal.state,
        proposal.code,
        proposal.answeredAt === null ? null : Math.round(proposal.answeredAt),
        proposal.answeredBy,
      );
    },
    withState: (state) => db.all(`${SELECT} WHERE state = ? ORDER BY received_at, id`, state).map(storedOf),
    latest: (limit) =>
      db.all(`${SELECT} ORDER BY state != 'waiting', received_at DESC, id LIMIT ?`, limit).map(storedOf),
    settle(id, { state, code, at, by }) {
      db.run(
        'UPDATE proposal SET state = ?, code = ?, answered_at = ?, answered_by = ? WHERE id = ?',
        state,
        code,
        Math.round(at),
        by,
        id,
      );
    },
  };
}

function storedOf(row: Row): StoredProposal {
  return {
    id: textAt(row, 'id'),
    kind: textAt(row, 'kind') as StoredProposal['kind'],
    by: textAt(row, 'by_name'),
    proposedAt: textAt(row, 'proposed_at'),
    receivedAt: instantAt(row, 'received_at'),
    endsAt: instantAt(row, 'ends_at'),
    shown: textAt(row, 'shown'),
    state: textAt(row, 'state') as ProposalState,
    code: textOrNullAt(row, 'code'),
    answeredAt: instantOrNullAt(row, 'answered_at'),
    answeredBy: textOrNullAt(row, 'answered_by'),
  };
}
