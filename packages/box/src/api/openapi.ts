/** The API as OpenAPI 3.1, made from the routes themselves: what each takes is its own schema, what it answers stands here. */
import swagger from '@fastify/swagger';
import {
  AskedObjectList,
  BackupFile,
  BoxProposalList,
  BoxView,
  CertificateView,
  ChangeList,
  DeviceList,
  DiagnosisView,
  ExpectedView,
  HealthView,
  LatestReadings,
  LoadView,
  LogList,
  MachineLog,
  MachineOrigins,
  NetworkList,
  PersonList,
  PingOnlyList,
  RangeCheck,
  RangeEstimate,
  ReadNowResult,
  RestoreCheck,
  SelfTest,
  SentList,
  SentPayload,
  SentSummary,
  SessionList,
  SessionView,
  SettingsView,
  WaitingList,
} from '@rsb/contract';
import type { FastifyInstance, RouteOptions } from 'fastify';
import Type, { type TSchema } from 'typebox';
import { API } from './access.ts';

interface Described {
  readonly summary: string;
  /** Of a 200; absent where it is no JSON. */
  readonly answer?: TSchema;
}

const ROUTES: Readonly<Record<string, Described>> = {
  'GET /state': { summary: 'The box as its page shows it', answer: BoxView },
  'POST /scan': { summary: 'Look for machines now', answer: BoxView },
  'DELETE /scan': { summary: 'Stop the running scan', answer: BoxView },
  'POST /enrolment': { summary: 'Enrol at central with a one-time code', answer: BoxView },
  'GET /events': {
    summary: 'Server-sent events: state, device, removed, settings, mark, reload; `since` (or Last-Event-ID) is a mark',
  },
  'GET /devices': { summary: 'All machines with their last values', answer: DeviceList },
  'PATCH /devices': { summary: 'Notes and the tick of many machines at once', answer: DeviceList },
  'GET /devices/:id/readings/latest': { summary: 'Last readings whole, with provenance', answer: LatestReadings },
  'POST /devices/:id/read': { summary: 'Read one machine now', answer: ReadNowResult },
  'GET /devices/:id/history': { summary: 'Counters and supply levels of one machine over time' },
  'GET /devices/:id/log': { summary: 'Alerts and events of one machine, now and before', answer: MachineLog },
  'GET /devices/:id/origins': { summary: 'Where each value comes from', answer: MachineOrigins },
  'DELETE /devices/:id': { summary: 'Forget a machine; it comes back as new if it is found again' },
  'GET /load': { summary: 'What was sent and received, by day and range', answer: LoadView },
  'POST /ranges/estimate': { summary: 'What a range in hand would cost; nothing is sent', answer: RangeEstimate },
  'GET /settings': { summary: 'The settings; secrets are never among them', answer: SettingsView },
  'PUT /settings': { summary: 'Save the settings whole, based on a revision (If-Match)', answer: SettingsView },
  'POST /ranges/check': { summary: 'What a range would mean; nothing is sent', answer: RangeCheck },
  'GET /networks': { summary: "This machine's own networks", answer: NetworkList },
  'GET /proposals': { summary: 'What central proposes, and what became of it', answer: BoxProposalList },
  'POST /proposals/ask': { summary: 'Ask central now for what it proposes', answer: BoxProposalList },
  'POST /proposals/:id/answer': { summary: 'Say yes or no to a proposal', answer: BoxProposalList },
  'GET /expected': { summary: 'Machines that should be here by central, found and missing', answer: ExpectedView },
  'GET /changes': { summary: 'Who changed what and when', answer: ChangeList },
  'GET /session': { summary: 'Whether this browser is signed in', answer: SessionView },
  'POST /session': { summary: 'Sign in', answer: SessionView },
  'DELETE /session': { summary: 'Sign out', answer: SessionView },
  'POST /setup': { summary: 'First start, with the set-up code', answer: SessionView },
  'PUT /password': { summary: 'Change the password', answer: SessionView },
  'GET /people': { summary: 'Accounts', answer: PersonList },
  'POST /people': { summary: 'A new account', answer: PersonList },
  'PATCH /people/:name': { summary: 'Role, end, password of an account; disable it', answer: PersonList },
  'GET /sessions': { summary: "One's own sessions; an administrator sees all", answer: SessionList },
  'DELETE /sessions/:id': { summary: 'End a session' },
  'GET /certificate': { summary: 'The certificate of this page', answer: CertificateView },
  'PUT /certificate': { summary: "The customer's certificate and key, in PEM", answer: CertificateView },
  'DELETE /certificate': { summary: "Back to the box's own certificate", answer: CertificateView },
  'POST /backup': {
    summary: 'The settings as a file; secrets sealed under a passphrase, or left out',
    answer: BackupFile,
  },
  'POST /restore/check': { summary: 'What a backup would change; nothing is saved', answer: RestoreCheck },
  'POST /restore': { summary: 'Settings from a backup (If-Match)', answer: RestoreCheck },
  'GET /sent/summary': { summary: 'What left today, what is kept, what waits', answer: SentSummary },
  'GET /sent': { summary: 'Payloads that left this building, newest first; searched in full', answer: SentList },
  'GET /sent/export.csv': { summary: 'The list of payloads as CSV' },
  'GET /sent/waiting': { summary: 'Items that have not left, and those put aside', answer: WaitingList },
  'GET /sent/:id': { summary: 'One payload exactly as sent, with its receipt', answer: SentPayload },
  'GET /sent/:id/payload.json': { summary: 'One payload as a file' },
  'GET /objects': { summary: 'Every object ever asked', answer: AskedObjectList },
  'PUT /disclosure': { summary: 'What may leave, how long it is kept, metrics', answer: SentSummary },
  'GET /sheet.pdf': { summary: 'Data sheet of this box as PDF' },
  'GET /ping-only': { summary: 'Addresses that answer a ping and no SNMP; never sent', answer: PingOnlyList },
  'POST /test': { summary: 'Why an address is read, or is not', answer: DiagnosisView },
  'GET /health': { summary: 'How the box is', answer: HealthView },
  'POST /health/test': { summary: 'Self-test', answer: SelfTest },
  'POST /line-check': { summary: 'From the cable to central, a line of JSON for each finding as it comes' },
  'GET /health/log': { summary: 'Last lines of the log', answer: LogList },
};

/** RFC 9457. */
const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  code: Type.String(),
  params: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
  errors: Type.Optional(Type.Array(Type.Unknown())),
});

/** Before the first route. */
export async function describeApi(app: FastifyInstance, version: string): Promise<void> {
  app.addHook('onRoute', (route) => {
    route.schema = { ...route.schema, ...descriptionOf(route) };
  });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Remote Service Box, local API',
        version,
        description:
          'What the Device Manager uses itself. Reading is open on the LAN unless the settings say otherwise; what changes ' +
          'something needs a session and its token in `x-csrf-token`. Every error is problem+json (RFC 9457) with a code.',
      },
      servers: [{ url: '/' }],
      components: {
        securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'rsb_box' } },
      },
    },
  });
}

export function addOpenApiRoute(app: FastifyInstance): void {
  app.get(
    '/api/openapi.json',
    { config: { boxAccess: 'reading' }, schema: { hide: true } },
    async (_request, reply) => {
      return reply.header('cache-control', 'no-store').send(app.swagger());
    },
  );
}

function descriptionOf(route: RouteOptions): object {
  if (route.url === '/metrics') return { summary: 'Printers and box for Prometheus; off unless switched on' };
  if (!route.url.startsWith(`${API}/`)) return { hide: true };
  const method = String(route.method);
  const known = ROUTES[`${method} ${route.url.slice(API.length)}`];
  const access = route.config?.boxAccess;
  return {
    ...(known && { summary: known.summary }),
    ...(access && access !== 'open' && access !== 'reading' && { security: [{ session: [] }] }),
    response: {
      200: known?.answer ?? { description: 'Done' },
      default: { description: 'A problem', content: { 'application/problem+json': { schema: Problem } } },
    },
  };
}
