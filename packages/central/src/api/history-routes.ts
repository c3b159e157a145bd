/** What the readings of a device mean: pages over time, events, questions, and the readings behind them. */
import { Readable } from 'node:stream';
import {
  DeviceHistoryEvent,
  DeviceQuestion,
  DeviceUsage,
  type Fault,
  fault,
  QuestionAnswerRequest,
  UsageExplanation,
} from '@rsb/contract';
import { failure, instant, type Outcome, success } from '@rsb/runtime';
import Type from 'typebox';
import { readingsFrom } from '../archive/raw-archive.ts';
import { localDays } from '../processing/local-days.ts';
import type { DeviceRow } from '../store/customer-devices.ts';
import type { CustomerStore } from '../store/database.ts';
import { answerQuestion } from '../work/answer-question.ts';
import { settingsOf } from '../work/device-history.ts';
import { byDay, byHour, byMonth, explainDay } from '../work/usage-of.ts';
import type { CentralWork } from '../work.ts';
import type { CentralServer } from './central-server.ts';
import { DevicePath, queryFault, readInstant, type WithDevice, Word } from './device-path.ts';
import { eventView, questionViews, readingLine } from './history-views.ts';

const DAY = 24 * 60 * 60 * 1000;
const YEAR = 366 * DAY;
/** Hours of so many days at once. */
const MOST_HOURLY_DAYS = 366;
/** Ten years of days. */
const MOST_DAYS = 3660;
const MOST_EVENTS = 1000;

export function addHistoryRoutes(server: CentralServer, work: CentralWork, withDevice: WithDevice): void {
  const path = '/api/v1/customers/:customer/devices/:device';
  const span = Type.Object({ from: Word, to: Word });
  const spanOf = (query: { readonly from?: string; readonly to?: string }, length: number) => {
    const to = readInstant('to', query.to, work.clock.now());
    if (!to.ok) return to;
    const from = readInstant('from', query.from, instant(to.value - length));
    if (!from.ok) return from;
    return from.value > to.value ? queryFault('to', 'endBeforeStart') : success({ from: from.value, to: to.value });
  };

  server.get(
    `${path}/usage`,
    {
      config: { caller: 'session' },
      schema: {
        params: DevicePath,
        querystring: Type.Object({ from: Word, to: Word, step: Word }),
        response: { 200: DeviceUsage },
      },
    },
    (request, reply) =>
      withDevice(request, reply, request.params, async (store, device): Promise<Outcome<DeviceUsage, Fault>> => {
        const { step = 'day' } = request.query;
        const asked = spanOf(request.query, step === 'hour' ? DAY : YEAR);
        if (!asked.ok) return asked;
        const { from, to } = asked.value;
        const { zone } = await settingsOf(store, device);
        const days = await daysOf(store, device, zone, from, to);
        switch (step) {
          case 'hour':
            if (to - from > MOST_HOURLY_DAYS * DAY) return queryFault('from');
            return success({ step, zone, points: byHour(days, from, to) });
          case 'day':
            return success({ step, zone, points: byDay(days) });
          case 'month':
            return success({ step, zone, points: byMonth(days) });
          default:
            return queryFault('step');
        }
      }),
  );
  server.get(
    `${path}/usage/:day`,
    {
      config: { caller: 'session' },
      schema: {
        params: Type.Object({ ...DevicePath.properties, day: Type.String({ maxLength: 20 }) }),
        response: { 200: UsageExplanation },
      },
    },
    (request, reply) =>
      withDevice(request, reply, request.params, async (store, device) => {
        const { day } = request.params;
        if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(Date.parse(day))) return failure(fault('notFound'));
        const steps = await explainDay(store, device, day);
        return success({ day, steps: steps.map(({ day: _day, ...step }) => step) });
      }),
  );
  server.get(
    `${path}/events`,
    {
      config: { caller: 'session' },
      schema: { params: DevicePath, querystring: span, response: { 200: Type.Array(DeviceHistoryEvent) } },
    },
    (request, reply) =>
      withDevice(request, reply, request.params, async (store, device) => {
        const asked = spanOf(request.query, YEAR);
        if (!asked.ok) return asked;
        const rows = await store.results.findings(device.id, asked.value.from, asked.value.to, MOST_EVENTS);
        return success(rows.map(eventView));
      }),
  );
  server.get(
    `${path}/questions`,
    { config: { caller: 'session' }, schema: { params: DevicePath, response: { 200: Type.Array(DeviceQuestion) } } },
    (request, reply) =>
      withDevice(request, reply, request.params, async (store, device) => {
        const { zone } = await settingsOf(store, device);
        return success(questionViews(await store.results.questions(device.id), localDays(zone)));
      }),
  );
  server.put(
    `${path}/questions/:question`,
    {
      config: { caller: 'session' },
      schema: {
        params: Type.Object({ ...DevicePath.properties, question: Type.String({ maxLength: 64 }) }),
        body: QuestionAnswerRequest,
        response: { 200: Type.Array(DeviceQuestion) },
      },
    },
    (request, reply) =>
      withDevice(request, reply, request.params, async (store, device) => {
        const { answer, reason } = request.body;
        const given = answer === null ? null : { answer, reason, by: request.caller?.name ?? '' };
        const saved = await answerQuestion(store, device, request.params.question, given, work.clock.now());
        if (!saved.ok) return saved;
        work.worker.wake();
        const { zone } = await settingsOf(store, device);
        return success(questionViews(await store.results.questions(device.id), localDays(zone)));
      }),
  );
  server.get(
    `${path}/readings.ndjson`,
    { config: { caller: 'session' }, schema: { params: DevicePath, querystring: span } },
    (request, reply) =>
      withDevice(request, reply, request.params, async (_store, device) => {
        const asked = spanOf(request.query, 100 * YEAR);
        if (!asked.ok) return asked;
        const store = work.database.readingOnly(_store.id);
        reply
          .type('application/x-ndjson; charset=utf-8')
          .header('content-disposition', `attachment; filename="readings-${device.id}.ndjson"`);
        return success(Readable.from(exportLines(store, device, asked.value)));
      }),
  );
}

async function daysOf(store: CustomerStore, device: DeviceRow, zone: string, from: number, to: number) {
  const days = localDays(zone);
  const [first, last] = [days.numberOf(from), days.numberOf(to)];
  return store.results.days(device.id, Math.max(first, last - MOST_DAYS), last);
}

/** Each reading as it came, a line each: what was sent, with where it stands and when it arrived. */
async function* exportLines(
  store: CustomerStore,
  device: DeviceRow,
  { from, to }: { readonly from: number; readonly to: number },
): AsyncGenerator<string> {
  const epochs = new Map((await store.items.epochs()).map((epoch) => [epoch.no, epoch]));
  for await (const item of readingsFrom(store, device.id, from, to)) yield readingLine(item, epochs.get(item.epochNo));
}
