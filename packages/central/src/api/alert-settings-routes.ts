/** What the dealer sets for alerts: rules, channels, the mail server; and the log of what was delivered. */
import {
  AlertChannel,
  AlertChannelMade,
  AlertChannelView,
  AlertPreview,
  AlertPreviewRequest,
  AlertRules,
  AlertRulesRequest,
  ChannelTest,
  DeliveryPage,
  fault,
  MailServer,
  MailServerView,
} from '@rsb/contract';
import { instant, isoInstant, Secret } from '@rsb/runtime';
import Type from 'typebox';
import { currentRules, readChannel } from '../alerts/keeper.ts';
import { type PreviewKey, previewRule } from '../alerts/preview.ts';
import { checkPlaces } from '../alerts/rule-places.ts';
import { checkRule, checkRules } from '../alerts/rule-set.ts';
import { judgeChannel, judgeMailServer, parseMailServer } from '../notify/mail-server.ts';
import type { DeliveryPayload } from '../notify/payload.ts';
import { channelContext, MAIL_SERVER } from '../notify/seal.ts';
import type { ChannelRow } from '../store/alert-house.ts';
import type { DeliveryRow } from '../store/deliveries.ts';
import { drawId, findPlainId } from '../store/identifiers.ts';
import type { CentralWork } from '../work.ts';
import type { CentralServer } from './central-server.ts';
import { Id } from './device-path.ts';
import { PageQuery, type Paging } from './paging.ts';
import { sendFault } from './problem.ts';
import { baseRevision, withRevision } from './versions.ts';

const ChannelPath = Type.Object({ channel: Id });
const SECRET_BYTES = 32;
const MOST_DELIVERIES = 100;

const iso = (at: number) => isoInstant(instant(at));
const isoOrNull = (at: number | null) => (at === null ? null : iso(at));

export function addAlertSettingsRoutes(server: CentralServer, work: CentralWork, paging: Paging): void {
  addRuleRoutes(server, work, paging);
  addChannelRoutes(server, work);
  addMailServerRoutes(server, work);
  addDeliveryRoutes(server, work, paging);
}

function addRuleRoutes(server: CentralServer, work: CentralWork, paging: Paging): void {
  const { database, clock } = work;
  server.get(
    '/api/v1/alerts/rules',
    { config: { caller: 'session' }, schema: { response: { 200: AlertRules } } },
    async (_request, reply) => withRevision(reply, { ...(await currentRules(database)) } as AlertRules),
  );
  server.put(
    '/api/v1/alerts/rules',
    { config: { caller: 'session' }, schema: { body: AlertRulesRequest, response: { 200: AlertRules } } },
    async (request, reply) => {
      const base = baseRevision(request);
      if (!base.ok) return sendFault(request, reply, base.error);
      const { rules } = request.body;
      const checked = checkRules(rules);
      if (!checked.ok) return sendFault(request, reply, checked.error);
      const unknown = await checkPlaces(database, rules, (await currentRules(database)).rules);
      if (unknown) return sendFault(request, reply, unknown);
      if (!(await database.alertHouse.saveRules(JSON.stringify(rules), base.value)))
        return sendFault(request, reply, fault('changedElsewhere'));
      await work.alerts.lookAtAll();
      work.worker.wake();
      return withRevision(reply, { revision: base.value + 1, rules });
    },
  );
  server.post(
    '/api/v1/alerts/rules/preview',
    {
      config: { caller: 'session', right: 'read:alerts' },
      schema: { body: AlertPreviewRequest, response: { 200: AlertPreview } },
    },
    async (request, reply) => {
      const wrong = checkRule(request.body.rule, '/rule');
      if (wrong) return sendFault(request, reply, wrong);
      const { after } = request.body;
      // A cursor belongs to the rule that it was made for.
      const list = `preview ${JSON.stringify(request.body.rule)}`;
      const page = paging.read(list, after === undefined ? {} : { cursor: after }, parsePreviewKey);
      if (!page.ok) return sendFault(request, reply, fault('cursorInvalid', {}, '/after'));
      const { next, ...slice } = await previewRule(database, request.body.rule, page.value.after, clock.now());
      return { ...slice, next: next && paging.write(list, next) };
    },
  );
}

function parsePreviewKey(key: unknown): PreviewKey | undefined {
  if (!Array.isArray(key) || key.length !== 2 || !key.every(Number.isSafeInteger)) return undefined;
  const [customer = 0, device = 0] = key as number[];
  return [customer, device];
}

function addChannelRoutes(server: CentralServer, { database, clock, random, alerts }: CentralWork): void {
  const { alertHouse, deliveries } = database;
  const newSecret = (id: number) => {
    const secret = Buffer.from(random.bytes(SECRET_BYTES)).toString('base64url');
    return { secret, sealed: alerts.seal.close(new Secret(secret), channelContext(id)) };
  };
  const views = async (rows: readonly ChannelRow[]): Promise<AlertChannelView[]> => {
    const standings = new Map((await deliveries.standings()).map((each) => [each.channel, each]));
    return rows.flatMap(({ id, value, revision }) => {
      const channel = readChannel(value);
      const standing = standings.get(id);
      if (!channel) return [];
      return [
        {
          id: String(id),
          revision,
          channel,
          waiting: standing?.waiting ?? 0,
          lastDelivered: isoOrNull(standing?.delivered ?? null),
          lastProblem: standing?.problem ?? null,
        },
      ];
    });
  };
  const one = async (id: number) => {
    const row = await alertHouse.findChannel(id);
    return row && (await views([row]))[0];
  };
  const clean = (channel: AlertChannel): AlertChannel => ({ ...channel, name: channel.name.trim() });

  server.get(
    '/api/v1/alerts/channels',
    { config: { caller: 'session' }, schema: { response: { 200: Type.Array(AlertChannelView) } } },
    async () => views(await alertHouse.listChannels()),
  );
  server.post(
    '/api/v1/alerts/channels',
    { config: { caller: 'session' }, schema: { body: AlertChannel, response: { 201: AlertChannelMade } } },
    async (request, reply) => {
      const judged = judgeChannel(clean(request.body));
      if (!judged.ok) return sendFault(request, reply, judged.error);
      const id = drawId(random);
      const made = judged.value.kind === 'webhook' ? newSecret(id) : null;
      const value = JSON.stringify(judged.value);
      await alertHouse.addChannel({ id, value, secret: made?.sealed ?? null, revision: 1, created_at: clock.now() });
      const view = await one(id);
      if (!view) return sendFault(request, reply, fault('notFound'));
      return reply.code(201).send({ ...view, secret: made?.secret ?? null });
    },
  );
  server.put(
    '/api/v1/alerts/channels/:channel',
    {
      config: { caller: 'session' },
      schema: { params: ChannelPath, body: AlertChannel, response: { 200: AlertChannelView } },
    },
    async (request, reply) => {
      const id = findPlainId(request.params.channel);
      const before = id === undefined ? undefined : await one(id);
      if (id === undefined || !before) return sendFault(request, reply, fault('notFound'));
      const base = baseRevision(request);
      if (!base.ok) return sendFault(request, reply, base.error);
      const judged = judgeChannel(clean(request.body));
      if (!judged.ok) return sendFault(request, reply, judged.error);
      if (judged.value.kind !== before.channel.kind)
        return sendFault(request, reply, fault('fieldInvalid', { path: '/kind', detail: 'kept' }, '/kind'));
      if (!(await alertHouse.saveChannel(id, JSON.stringify(judged.value), base.value)))
        return sendFault(request, reply, fault('changedElsewhere'));
      const view = await one(id);
      return view ? withRevision(reply, view) : sendFault(request, reply, fault('notFound'));
    },
  );
  server.delete(
    '/api/v1/alerts/channels/:channel',
    { config: { caller: 'session' }, schema: { params: ChannelPath } },
    async (request, reply) => {
      const id = findPlainId(request.params.channel);
      const gone = id !== undefined && (await alertHouse.removeChannel(id));
      return gone ? reply.code(204).send() : sendFault(request, reply, fault('notFound'));
    },
  );
  server.post(
    '/api/v1/alerts/channels/:channel/secret',
    { config: { caller: 'session' }, schema: { params: ChannelPath, response: { 200: AlertChannelMade } } },
    async (request, reply) => {
      const id = findPlainId(request.params.channel);
      const view = id === undefined ? undefined : await one(id);
      if (id === undefined || view?.channel.kind !== 'webhook') return sendFault(request, reply, fault('notFound'));
      const { secret, sealed } = newSecret(id);
      await alertHouse.saveChannelSecret(id, sealed);
      return { ...view, secret };
    },
  );
  server.post(
    '/api/v1/alerts/channels/:channel/test',
    { config: { caller: 'session' }, schema: { params: ChannelPath, response: { 200: ChannelTest } } },
    async (request, reply) => {
      const id = findPlainId(request.params.channel);
      const sent = id === undefined ? undefined : await alerts.courier.test(id);
      if (!sent) return sendFault(request, reply, fault('notFound'));
      return { delivered: sent.delivered, answer: sent.answer };
    },
  );
}

function addMailServerRoutes(server: CentralServer, { database, alerts }: CentralWork): void {
  const { alertHouse } = database;
  const view = async (): Promise<MailServerView> => {
    const row = await alertHouse.findMailServer();
    return {
      revision: row?.revision ?? 0,
      server: (row && parseMailServer(row.value)) ?? null,
      passwordSet: (row?.password ?? null) !== null,
    };
  };
  server.get(
    '/api/v1/alerts/mail-server',
    { config: { caller: 'session' }, schema: { response: { 200: MailServerView } } },
    async (_request, reply) => withRevision(reply, await view()),
  );
  server.put(
    '/api/v1/alerts/mail-server',
    { config: { caller: 'session' }, schema: { body: MailServer, response: { 200: MailServerView } } },
    async (request, reply) => {
      const base = baseRevision(request);
      if (!base.ok) return sendFault(request, reply, base.error);
      const { password, ...value } = request.body;
      const kept = (await alertHouse.findMailServer()) ?? null;
      const before = kept && parseMailServer(kept.value);
      // A password goes to the host it was given for, and to no other.
      const keeps = password === undefined && before?.host === value.host && before.user === value.user;
      const sealed = password
        ? alerts.seal.close(new Secret(password), MAIL_SERVER)
        : keeps
          ? (kept?.password ?? null)
          : null;
      const judged = judgeMailServer(value, sealed !== null);
      if (!judged.ok) return sendFault(request, reply, judged.error);
      if (!(await alertHouse.saveMailServer(JSON.stringify(value), sealed, base.value)))
        return sendFault(request, reply, fault('changedElsewhere'));
      alerts.courier.wake();
      return withRevision(reply, await view());
    },
  );
}

function addDeliveryRoutes(server: CentralServer, { database }: CentralWork, paging: Paging): void {
  const keyOf = (row: DeliveryRow) => [row.made_at, row.id];
  server.get(
    '/api/v1/alerts/deliveries',
    {
      config: { caller: 'session' },
      schema: {
        querystring: Type.Object({ ...PageQuery, channel: Type.Optional(Id) }),
        response: { 200: DeliveryPage },
      },
    },
    async (request, reply) => {
      const page = paging.read('deliveries', request.query, parseKey);
      if (!page.ok) return sendFault(request, reply, page.error);
      const channel = request.query.channel === undefined ? null : (findPlainId(request.query.channel) ?? 0);
      const limit = Math.min(page.value.limit, MOST_DELIVERIES);
      const rows = await database.deliveries.list(channel, page.value.after, limit + 1);
      const shown = paging.cut(request, reply, 'deliveries', rows, limit, keyOf);
      const last = rows.length > limit ? shown.at(-1) : undefined;
      const known = new Set((await database.alertHouse.listChannels()).map(({ id }) => id));
      return {
        deliveries: shown.map((row) => deliveryView(row, known)),
        next: last ? paging.write('deliveries', keyOf(last)) : null,
      };
    },
  );
}

function parseKey(key: unknown): { readonly at: number; readonly id: number } | undefined {
  if (!Array.isArray(key) || key.length !== 2 || !key.every(Number.isSafeInteger)) return undefined;
  const [at = 0, id = 0] = key as number[];
  return { at, id };
}

function deliveryView(row: DeliveryRow, known: ReadonlySet<number>): DeliveryPage['deliveries'][number] {
  const { lines }: DeliveryPayload = JSON.parse(row.payload);
  const names = [...new Set(lines.map(({ label, customerName }) => `${label}, ${customerName}`))];
  return {
    id: String(row.id),
    channel: known.has(row.channel_id) ? String(row.channel_id) : null,
    channelName: row.channel_name,
    kind: row.kind,
    madeAt: iso(row.made_at),
    state: row.state,
    attempts: row.attempts,
    nextAt: row.state === 'waiting' || row.state === 'sending' ? iso(row.next_at) : null,
    deliveredAt: isoOrNull(row.delivered_at),
    answer: row.answer,
    alerts: row.alerts,
    test: row.is_test === 1,
    summary: names.slice(0, 3).join(' · '),
  };
}
