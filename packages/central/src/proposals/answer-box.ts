/** A box's question for what is proposed to it, and the signed answer. Asking changes nothing but when it was fetched. */
import { sign } from 'node:crypto';
import {
  CONTRACT_VERSION,
  type DeviceNote,
  type Fault,
  MOST_EXPECTED_TOLD,
  MOST_NOTES_TOLD,
  MOST_PROPOSALS,
  type Proposal,
  type ProposalAnswer,
  type ProposalQuery,
  type ProposedSettings,
  parseProposedSettings,
  parserOf,
  shownSettings,
  ToldSettings,
} from '@rsb/contract';
import { digestOf } from '@rsb/contract/digest';
import { proposalText, sealFor } from '@rsb/contract/proposal-seal';
import { type Clock, instant, isoInstant, type Log, type Outcome, type Random, success } from '@rsb/runtime';
import type { SignedRequest } from '../ingest/signature.ts';
import { findSignedBox, type SignedBox } from '../ingest/signed-box.ts';
import type { CentralKey } from '../key-file.ts';
import type { ProposalRow } from '../store/customer-proposals.ts';
import type { CentralDatabase, CustomerStore } from '../store/database.ts';
import type { AtRest } from './at-rest.ts';
import { contextOf, drawProposalId, PREPARED_HOLDS, preparedContext } from './proposals.ts';
import { settingsOfBox } from './settings-of-box.ts';

export type AnswerBox = (request: SignedRequest, query: ProposalQuery) => Promise<Outcome<ProposalAnswer, Fault>>;

const NOTHING = Buffer.alloc(0);
/** All that a box was ever proposed is looked at, as far as it can decide about an offer. */
const MOST_LOOKED_AT = 1000;

export function createAnswerBox(deps: {
  readonly database: CentralDatabase;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly key: CentralKey;
  readonly atRest: AtRest;
}): AnswerBox {
  const { database, clock, random, log, key, atRest } = deps;

  /** What was prepared for the site, once for each box that was enrolled after; a box in another's place gets its settings. */
  const offer = async ({ store, box }: SignedBox): Promise<void> => {
    const { agent } = box;
    const before = await store.proposals.list(agent, MOST_LOOKED_AT);
    const prepared = await store.proposals.findPrepared(box.site_id);
    const add = (
      text: string | null,
      from: Pick<ProposalRow, 'shown' | 'proposed_by' | 'prepared_at'> & Partial<Pick<ProposalRow, 'detail'>>,
    ) => {
      const id = drawProposalId(random);
      if (text === null) {
        log.error('prepared settings cannot be opened with this central.key', { agent });
        return Promise.resolve();
      }
      return store.proposals.add({
        agent,
        id,
        kind: 'settings',
        sealed: atRest.seal(text, contextOf(agent, id)),
        proposed_at: clock.now(),
        ends_at: clock.now() + PREPARED_HOLDS,
        fetched_at: null,
        withdrawn_at: null,
        answered_at: null,
        result: null,
        code: null,
        detail: '{}',
        ...from,
      });
    };
    const settings = before.filter(({ kind }) => kind === 'settings');
    const isOpen = settings.some(
      (row) => row.answered_at === null && row.withdrawn_at === null && row.ends_at > clock.now(),
    );
    if (isOpen) return;
    const done = settings.filter(({ result }) => result === 'done');
    const retired = await store.boxes.lastRetired(agent);
    if (retired !== null && !settings.some(({ proposed_at }) => proposed_at >= retired)) {
      const before = settingsOfBox(acceptedBefore(done, retired), toldBefore(box));
      if (before) {
        const shown = JSON.stringify(shownSettings(before.settings, isoInstant(clock.now())));
        const by = done[0]?.proposed_by ?? '';
        const detail = before.lacking.length === 0 ? '{}' : JSON.stringify({ lacking: before.lacking.join(', ') });
        await add(JSON.stringify(before.settings), { shown, proposed_by: by, prepared_at: null, detail });
        return;
      }
    }
    if (!prepared || prepared.prepared_at > box.enrolled_at) return;
    if (settings.some(({ prepared_at }) => prepared_at === prepared.prepared_at)) return;
    const { shown, prepared_by, prepared_at } = prepared;
    await add(atRest.open(prepared.sealed, preparedContext(store.id, box.site_id)), {
      shown,
      proposed_by: prepared_by,
      prepared_at,
    });
  };

  /** Oldest first; those that cannot be opened with this central's key are left out and said. */
  const acceptedBefore = (done: readonly ProposalRow[], retired: number): ProposedSettings[] =>
    done
      .filter(({ answered_at }) => answered_at !== null && answered_at < retired)
      .sort((one, other) => (one.answered_at ?? 0) - (other.answered_at ?? 0))
      .flatMap(({ agent, id, sealed }) => {
        const text = sealed && atRest.open(sealed, contextOf(agent, id));
        const parsed = text ? parseProposedSettings(JSON.parse(text)) : null;
        if (parsed?.ok) return [parsed.value];
        log.error('accepted settings cannot be opened with this central.key', { agent, id });
        return [];
      });

  const onTheWay = (row: ProposalRow, boxKey: string): Proposal | null => {
    const iso = (at: number) => isoInstant(instant(at));
    const head = { id: row.id, proposedAt: iso(row.proposed_at), endsAt: iso(row.ends_at), by: row.proposed_by };
    if (row.kind === 'command') return { ...head, kind: 'command', command: JSON.parse(row.shown) };
    const text = row.sealed && atRest.open(row.sealed, contextOf(row.agent, row.id));
    const sealed = text && sealFor(boxKey, contextOf(row.agent, row.id), text);
    if (sealed) return { ...head, kind: 'settings', sealed };
    log.error('a proposal cannot be sealed for its box', { agent: row.agent, id: row.id });
    return null;
  };

  return async (request, query) => {
    const signer = await findSignedBox(database, request, NOTHING);
    if (!signer.ok) return signer;
    const { store: outside, box } = signer.value;
    const { agent } = box;
    await outside.exclusively((store) => offer({ store, box }));
    const now = clock.now();
    const open = await outside.proposals.open(agent, now, MOST_PROPOSALS);
    const proposals = open.flatMap((row) => onTheWay(row, query.key) ?? []);
    const dealer = await database.house.findDealer();
    const expected = await expectedFor(outside, box);
    const answer: Omit<ProposalAnswer, 'signature'> = {
      contract: CONTRACT_VERSION,
      box: agent,
      ask: query.ask,
      issuedAt: isoInstant(now),
      dealer: { name: dealer?.name ?? '', hotline: dealer?.hotline ?? null },
      customer: { name: (await outside.find())?.name ?? '' },
      proposals,
      notes: await notesFor(outside, agent),
      expected: expected.digest === query.expected ? null : expected,
    };
    await outside.proposals.saveFetched(
      agent,
      proposals.map(({ id }) => id),
      now,
    );
    const signature = sign(null, Buffer.from(proposalText(answer)), key.privateKey).toString('base64');
    return success({ ...answer, signature });
  };
}

const parseTold = parserOf(ToldSettings);

function toldBefore({ told_settings }: SignedBox['box']): ToldSettings | null {
  const parsed = told_settings === null ? null : parseTold(JSON.parse(told_settings));
  return parsed?.ok ? parsed.value : null;
}

async function expectedFor(store: CustomerStore, { agent, site_id }: SignedBox['box']) {
  const rows = await store.proposals.expectedAt(agent, site_id, MOST_EXPECTED_TOLD);
  const told = (text: string | null): string | null => (text === null ? null : text.slice(0, 255));
  const machines = rows.map(({ serial, manufacturer, model, service_id }) => ({
    serial: serial.slice(0, 255),
    manufacturer: told(manufacturer),
    model: told(model),
    serviceId: told(service_id),
  }));
  return { digest: digestOf(machines), machines };
}

async function notesFor(store: CustomerStore, agent: string): Promise<DeviceNote[]> {
  const newest = (await store.items.epochs()).findLast((epoch) => epoch.agent === agent)?.no ?? 0;
  const rows = await store.notes.unconfirmed(agent, newest, MOST_NOTES_TOLD);
  return rows.map((row) => ({
    device: row.local_id,
    field: row.field as DeviceNote['field'],
    value: JSON.parse(row.value),
    revision: row.revision,
  }));
}
