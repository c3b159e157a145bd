/** The line check: each fault at its step, in one sentence that says what to change; nothing said of what was not reached. */
import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';
import type { NetworkInterfaceInfo } from 'node:os';
import { type TestContext, test } from 'node:test';
import { LINE_STEPS, type LineFinding, type LineStep } from '@rsb/contract';
import { type Instant, instant, manualClock } from '@rsb/runtime';
import { createClockOffset } from '../src/health/index.ts';
import { checkLine, type LineOptions, openLine } from '../src/line/index.ts';
import { runLineCheck, type Surroundings } from '../src/line-check/index.ts';
import { routerIn } from '../src/line-check/surroundings.ts';
import { startTestBox } from './box-at-work.ts';
import { issueFor, makeAuthority } from './line-certificates.ts';
import { closedPort, onThisMachine, serveHttp, serveProxy, serveTcp, serveTls } from './line-servers.ts';

const HOST = 'central.test';
const LATER = instant(Date.UTC(2026, 11, 1, 8));
const dealer = makeAuthority('Dealer authority');
const json: RequestListener = (_request, response) =>
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"fine":true}');

const entry = (address: string): NetworkInterfaceInfo => ({
  address,
  netmask: '255.255.255.0',
  family: 'IPv4',
  mac: '00:00:00:00:00:00',
  internal: false,
  cidr: `${address}/24`,
});
const wired = (part: Partial<Surroundings> = {}): Surroundings => ({
  interfaces: () => ({ eth0: [entry('192.168.10.20')], docker0: [entry('172.17.0.1')] }),
  carrier: (name) => name === 'eth0',
  names: () => ['lo', 'eth0', 'docker0'],
  router: () => '192.168.10.1',
  nameServers: () => ['192.168.10.1'],
  ...part,
});

interface Case {
  readonly around?: Surroundings;
  readonly url?: string;
  readonly line?: Partial<LineOptions>;
  readonly proxy?: string;
  readonly now?: Instant;
}

async function check({ around = wired(), url, line = {}, proxy, now = LATER }: Case): Promise<{
  readonly states: string;
  readonly text: (step: LineStep) => string;
}> {
  const clock = manualClock(now);
  const offset = createClockOffset(clock);
  const found: LineFinding[] = [];
  await runLineCheck({
    locale: 'en',
    clock,
    zone: 'Europe/Paris',
    around,
    report: (finding) => found.push(finding),
    central:
      url === undefined
        ? null
        : {
            url,
            proxy: proxy ?? null,
            offset: () => offset.view().offset,
            connect: async (onStep) => {
              const opened = openLine({ url, resolver: onThisMachine, clock, onStep, onDate: offset.note, ...line });
              if (!opened.ok) return opened;
              const answer = await checkLine(opened.value);
              await opened.value.close();
              return answer;
            },
          },
  });
  const last = new Map(found.map((finding) => [finding.step, finding]));
  assert.deepEqual([...last.keys()].sort(), [...LINE_STEPS].sort(), 'each step is told');
  return {
    states: LINE_STEPS.map((step) => last.get(step)?.state).join(' '),
    text: (step) => last.get(step)?.text ?? '',
  };
}

const own = { ca: dealer.pem };
const trusted = (t: TestContext) => serveTls(t, issueFor([HOST], dealer), json);

test('all is well', async (t) => {
  const port = await trusted(t);
  const { states, text } = await check({ url: `https://${HOST}:${port}`, line: own, now: instant(Date.now()) });
  assert.equal(states, 'ok ok ok ok skipped ok ok');
  assert.match(text('address'), /192\.168\.10\.20 on eth0, router 192\.168\.10\.1/);
});

const FAULTS: readonly {
  readonly name: string;
  readonly given: (t: TestContext) => Promise<Case>;
  readonly states: string;
  readonly step: LineStep;
  readonly says: RegExp;
}[] = [
  {
    name: 'no central yet',
    given: async () => ({}),
    states: 'ok ok ok ok skipped skipped limits',
    step: 'names',
    says: /192\.168\.10\.1/,
  },
  {
    name: 'no cable, no address, no name server, a clock of 1970',
    given: async () => ({
      around: wired({ carrier: () => false, interfaces: () => ({}), router: () => null, nameServers: () => [] }),
      now: instant(0),
    }),
    states: 'fails fails fails limits skipped skipped limits',
    step: 'link',
    says: /no network cable/,
  },
  {
    name: 'an address of nobody (169.254) is none',
    given: async () => ({ around: wired({ interfaces: () => ({ eth0: [entry('169.254.3.4')] }) }) }),
    states: 'ok fails ok ok skipped skipped limits',
    step: 'address',
    says: /DHCP/,
  },
  {
    name: 'no router',
    given: async () => ({ around: wired({ router: () => null }) }),
    states: 'ok limits ok ok skipped skipped limits',
    step: 'address',
    says: /no router is set/,
  },
  {
    name: 'a name that nobody knows',
    given: async () => ({ url: `https://${HOST}`, line: { resolver: async () => [] } }),
    states: 'ok ok fails ok skipped skipped skipped',
    step: 'names',
    says: /central\.test/,
  },
  {
    name: 'refused: what the firewall must let through is said',
    given: async () => ({ url: `https://${HOST}:${await closedPort()}`, line: own }),
    states: 'ok ok ok ok skipped skipped fails',
    step: 'central',
    says: /The box 192\.168\.10\.20 needs TCP \d+ to central\.test, outgoing only\./,
  },
  {
    name: 'a certificate of somebody else',
    given: async (t) => ({ url: `https://${HOST}:${await trusted(t)}` }),
    states: 'ok ok ok ok skipped fails skipped',
    step: 'tls',
    says: /central\.test/,
  },
  {
    name: 'a proxy that asks for a login',
    given: async (t) => {
      const { port } = await serveProxy(t, { login: 'user:secret' });
      const url = `https://${HOST}:${await trusted(t)}`;
      const proxy = { url: `http://proxy.test:${port}`, user: null, password: null, exceptions: [] };
      return { url, proxy: `proxy.test:${port}`, line: { ...own, proxy } };
    },
    states: 'ok ok ok ok fails skipped skipped',
    step: 'proxy',
    says: /proxy\.test/,
  },
  {
    name: 'a portal of a hotel',
    given: async (t) => ({
      url: `http://127.0.0.1:${await serveHttp(t, (_request, response) => response.writeHead(302, { location: '/login' }).end())}`,
    }),
    states: 'ok ok ok ok skipped skipped fails',
    step: 'central',
    says: /127\.0\.0\.1/,
  },
  {
    name: 'a line that is cut',
    given: async (t) => ({ url: `https://${HOST}:${await serveTcp(t, (socket) => socket.destroy())}`, line: own }),
    states: 'ok ok ok ok skipped skipped fails',
    step: 'central',
    says: /central\.test/,
  },
];
for (const { name, given, states, step, says } of FAULTS) {
  test(name, async (t) => {
    const found = await check(await given(t));
    assert.equal(found.states, states);
    assert.match(found.text(step), says);
  });
}

test('a clock that is wrong is held against central’s', async (t) => {
  const port = await serveHttp(t, json);
  const { states, text } = await check({ url: `http://127.0.0.1:${port}`, now: instant(Date.now() + 600_000) });
  assert.equal(states, 'ok ok ok limits skipped skipped ok');
  assert.match(text('clock'), /10 min ahead/);
});

test('the router is read from the table of routes', () => {
  const head = 'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\n';
  const table = [
    [
      `${head}eth0\t000AA8C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\neth0\t00000000\t010AA8C0\t0003\t0\t0\t0\t00000000\n`,
      '192.168.10.1',
    ],
    [`${head}eth0\t000AA8C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\n`, null],
    [`${head}eth0\t00000000\tzz\t0003`, null],
    ['', null],
  ] as const;
  for (const [text, router] of table) assert.equal(routerIn(text), router);
});

test('findings come as lines of JSON, to who signed in', async (t) => {
  const box = await startTestBox(t, { around: wired() });
  await box.setUp();
  assert.equal((await box.stranger().call('POST', '/line-check', {})).status, 401);
  const answer = await box.reader.call<string>('POST', '/line-check', {}, { 'accept-language': 'de' });
  assert.equal(answer.headers.get('content-type'), 'application/x-ndjson; charset=utf-8');
  const lines = answer.body
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as LineFinding);
  assert.deepEqual(
    lines.map(({ step }) => step),
    [...LINE_STEPS],
  );
  assert.match(lines[0]?.text ?? '', /Verbindung/);
});
