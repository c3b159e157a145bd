/**
 * What central proposes, from its answer to the box's: each proposal is judged by itself, carried out at most once, and its
 * result goes to central as an item. The local switch decides; a first range always waits for a person.
 */
import {
  type BoxProposalList,
  type BoxProposalView,
  type Command,
  type Fault,
  fault,
  type Proposal,
  type ProposalAnswer,
  type ProposalResult,
  type ProposedSettings,
  parseProposal,
  parseProposalHead,
  parseProposedSettings,
  shownSettings,
} from '@rsb/contract';
import type { Unsealer } from '@rsb/contract/proposal-seal';
import { type Clock, failure, instant, isoInstant, type Log, type Outcome, Secret, success } from '@rsb/runtime';
import type { Outbox } from '../outbox/index.ts';
import type { ChangeLog, Settings } from '../settings/index.ts';
import type { Database } from '../store/database.ts';
import type { Vault } from '../store/vault.ts';
import type { RunCommand } from './commands.ts';
import { createProposalStore, type StoredProposal } from './proposal-store.ts';
import { settingsWith } from './proposed-settings.ts';

export interface Proposals {
  /** All that is open at central, in an answer that was found to be central's. */
  take(answer: ProposalAnswer, unsealer: Unsealer, agent: string): void;
  /** A person's yes or no. */
  answer(id: string, accept: boolean, who: string): Outcome<null, Fault>;
  list(): BoxProposalList;
  waiting(): number;
  /** What a stop of the box cut off. */
  start(): void;
  /** Resolves when no command runs any more. */
  stop(): Promise<void>;
}

export interface ProposalsDeps {
  readonly db: Database;
  readonly vault: Vault;
  readonly settings: Settings;
  readonly changeLog: ChangeLog;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly log: Log;
  readonly run: RunCommand;
  readonly onChange: () => void;
}

const MOST_SHOWN = 50;
/** Stands in the change log where the switch decided. */
const BY_SETTINGS = 'settings';
const secretName = (id: string): string => `proposal/${id}`;

interface Verdict {
  readonly state: 'done' | 'refused' | 'failed';
  readonly code: string | null;
  readonly by: string;
  readonly detail?: ProposalResult['detail'];
  readonly capture?: string;
}

export function createProposals(deps: ProposalsDeps): Proposals {
  const { db, vault, settings, changeLog, outbox, clock, log, onChange } = deps;
  const store = createProposalStore(db);
  const running = new Set<Promise<void>>();
  let stopped = false;

  /** In a transaction of the caller's where there is more to it. */
  const settle = (id: string, { state, code, by, detail = {}, capture }: Verdict) => {
    store.settle(id, { state, code, at: clock.now(), by });
    vault.save(secretName(id), null);
    outbox.append('proposalResult', {
      proposal: id,
      result: state,
      code,
      decidedBy: by === BY_SETTINGS ? 'settings' : 'person',
      detail,
      ...(capture !== undefined && { capture }),
    } satisfies ProposalResult);
    changeLog.append(who(by), [{ path: `/proposals/${id}`, old: '', new: code ?? state }]);
    log.info('proposal answered', { id, state, code: code ?? '' });
  };

  const proposedOf = (id: string): ProposedSettings | null => {
    const text = vault.find(secretName(id))?.reveal();
    const parsed = text === undefined ? null : parseProposedSettings(parseJson(text));
    return parsed?.ok ? parsed.value : null;
  };

  const applySettings = (id: string, by: string): Outcome<null, Fault> => {
    const proposed = proposedOf(id);
    const refuse = (found: Fault): Outcome<null, Fault> => {
      db.transaction(() => settle(id, { state: 'refused', code: found.code, by, detail: placeOf(found) }));
      return failure(found);
    };
    if (!proposed) return refuse(fault('proposalSealBroken'));
    const input = settingsWith(settings.document, proposed);
    const [first] = settings.check(input);
    if (first) return refuse(first);
    db.transaction(() => {
      settle(id, { state: 'done', code: null, by });
      // Last: what the settings hold in memory must not run ahead of a transaction that is undone.
      const saved = settings.save(input, settings.revision, who(by));
      if (!saved.ok) throw new Error('settings that were found right are refused');
    });
    return success(null);
  };

  const runCommand = (id: string, command: Command, by: string) => {
    store.settle(id, { state: 'running', code: null, at: clock.now(), by });
    const work = deps
      .run(command)
      .then((done) => {
        // Cut off by the stop of the box: told at the next start.
        if (stopped) return;
        db.transaction(() =>
          settle(
            id,
            done.ok
              ? { state: 'done', code: null, by, ...done.value }
              : { state: 'failed', code: done.error.code, by, detail: placeOf(done.error) },
          ),
        );
        onChange();
      })
      .catch((error: unknown) => log.error('a command of central failed', { id, detail: String(error) }))
      .finally(() => running.delete(work));
    running.add(work);
  };

  const carryOut = (proposal: StoredProposal, by: string): Outcome<null, Fault> => {
    if (proposal.kind === 'settings') return applySettings(proposal.id, by);
    runCommand(proposal.id, JSON.parse(proposal.shown), by);
    return success(null);
  };

  const takeNew = (value: unknown, { issuedAt }: ProposalAnswer, unsealer: Unsealer, agent: string) => {
    const head = parseProposalHead(value);
    // Without an id it cannot be answered.
    if (!head.ok || store.find(head.value.id)) return;
    const { id } = head.value;
    const parsed = parseProposal(value);
    const now = clock.now();
    const add = (
      more: Pick<StoredProposal, 'kind' | 'shown'> & Partial<Pick<Proposal, 'by' | 'proposedAt' | 'endsAt'>>,
    ): StoredProposal => {
      const holds = Date.parse(more.endsAt ?? issuedAt) - Date.parse(issuedAt);
      const row: StoredProposal = {
        id,
        kind: more.kind,
        by: more.by ?? '',
        proposedAt: more.proposedAt ?? issuedAt,
        receivedAt: now,
        endsAt: instant(now + Math.max(0, holds)),
        shown: more.shown,
        state: 'waiting',
        code: null,
        answeredAt: null,
        answeredBy: null,
      };
      store.add(row);
      return row;
    };
    const refuse = (found: Fault) =>
      settle(id, { state: 'refused', code: found.code, by: BY_SETTINGS, detail: placeOf(found) });
    if (!parsed.ok) {
      add({ kind: 'unknown', shown: 'null' });
      refuse(fault('proposalUnknown'));
      return;
    }
    const proposal = parsed.value;
    const { settings: maySet, commands: mayCommand } = settings.document.fromCentral;
    if (proposal.kind === 'command') {
      const row = add({ ...proposal, shown: JSON.stringify(proposal.command) });
      if (mayCommand === 'never') refuse(fault('proposalsOff'));
      else if (mayCommand === 'allow') carryOut(row, BY_SETTINGS);
      return;
    }
    const opened = unsealer.open(proposal.sealed, `${agent} ${id}`);
    const proposed = parseProposedSettings(opened === null ? undefined : parseJson(opened));
    if (opened === null || !proposed.ok) {
      add({ ...proposal, shown: 'null' });
      const found = proposed.ok || opened === null ? fault('proposalSealBroken') : badField(proposed.error[0]?.path);
      refuse(found);
      return;
    }
    const row = add({ ...proposal, shown: JSON.stringify(shownSettings(proposed.value, isoInstant(now))) });
    const [wrong] = settings.check(settingsWith(settings.document, proposed.value));
    if (maySet === 'never') return refuse(fault('proposalsOff'));
    if (wrong) return refuse(wrong);
    vault.save(secretName(id), new Secret(opened));
    const isFirstRange = settings.document.ranges.length === 0 && (proposed.value.ranges ?? []).length > 0;
    if (maySet === 'allow' && !isFirstRange) carryOut(row, BY_SETTINGS);
  };

  return {
    take(answer, unsealer, agent) {
      const open = new Set(answer.proposals.map(idOf));
      for (const { id } of store.withState('waiting')) {
        if (open.has(id)) continue;
        // Taken back, answered elsewhere or over: central knows.
        db.transaction(() => {
          store.settle(id, { state: 'ended', code: 'proposalEnded', at: clock.now(), by: null });
          vault.save(secretName(id), null);
        });
      }
      for (const value of answer.proposals) db.transaction(() => takeNew(value, answer, unsealer, agent));
      onChange();
    },
    answer(id, accept, person) {
      const proposal = store.find(id);
      if (!proposal) return failure(fault('notFound'));
      if (proposal.state === 'ended') return failure(fault('proposalEnded'));
      if (proposal.state !== 'waiting') return failure(fault('proposalAnswered'));
      if (proposal.endsAt <= clock.now()) {
        store.settle(id, { state: 'ended', code: 'proposalEnded', at: clock.now(), by: null });
        vault.save(secretName(id), null);
        return failure(fault('proposalEnded'));
      }
      const done = accept
        ? carryOut(proposal, person)
        : success(db.transaction(() => settle(id, { state: 'refused', code: 'proposalDeclined', by: person })));
      onChange();
      return done.ok ? success(null) : done;
    },
    list: () => ({
      fromCentral: settings.document.fromCentral,
      proposals: store.latest(MOST_SHOWN).map(viewOf),
    }),
    waiting: () => store.withState('waiting').length,
    start() {
      for (const { id, answeredBy } of store.withState('running')) {
        const by = answeredBy ?? BY_SETTINGS;
        db.transaction(() => settle(id, { state: 'failed', code: 'proposalInterrupted', by }));
      }
    },
    async stop() {
      stopped = true;
      await Promise.all(running);
    },
  };
}

const who = (by: string): string => (by === BY_SETTINGS ? 'central' : by);

const badField = (path = ''): Fault => fault('fieldInvalid', { path, detail: '' }, path);

const placeOf = ({ field, params }: Fault): ProposalResult['detail'] => ({
  ...Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, typeof value === 'string' ? value.slice(0, 300) : value]),
  ),
  ...(field !== undefined && { field: field.slice(0, 300) }),
});

function idOf(value: unknown): string {
  const head = parseProposalHead(value);
  return head.ok ? head.value.id : '';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function viewOf(proposal: StoredProposal): BoxProposalView {
  const { id, kind, by, proposedAt, receivedAt, endsAt, shown, state, code, answeredAt, answeredBy } = proposal;
  return {
    id,
    by,
    proposedAt,
    receivedAt: isoInstant(receivedAt),
    endsAt: isoInstant(endsAt),
    state,
    code,
    answeredAt: answeredAt === null ? null : isoInstant(answeredAt),
    answeredBy,
    settings: kind === 'settings' ? JSON.parse(shown) : null,
    command: kind === 'command' ? JSON.parse(shown) : null,
  };
}
