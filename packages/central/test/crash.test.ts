/**
 * Central killed with -9 in the middle of a report and before its answer, seen from a box that keeps trying: nothing is lost, nothing doubled.
 * A relay stands between, so that the moment of the kill is a moment of the talk and not of the clock.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { CentralDeviceView, CustomerView, DeviceSeries, RawReading } from '@rsb/contract';
import { enrolBox, newBoxKey } from './box-peer.ts';
import { overEngines } from './engines.ts';
import { newFolder, PASSWORD, signedIn } from './running-central.ts';
import { counters, readingItem } from './sample-items.ts';

/** When the relay kills central: at the n-th byte towards it, or at the first byte of its answer. */
type Moment = { readonly towards: number } | { readonly answer: true };

interface Central {
  readonly url: string;
  readonly setupCode: string | null;
  kill(): Promise<void>;
}

async function startProcess(t: TestContext, args: readonly string[]): Promise<Central> {
  const child: ChildProcess = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'central-process.ts'), ...args],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      // Started several times: the second start need not compile again.
      env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'rsb-test-compile-cache') },
    },
  );
  t.after(() => child.kill('SIGKILL'));
  let said = '';
  for await (const chunk of child.stdout ?? []) {
    said += String(chunk);
    if (said.includes('\n')) break;
  }
  const { url, setupCode } = JSON.parse(said);
  return {
    url,
    setupCode,
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

class Relay {
  readonly #server: Server;
  target: Central | undefined;
  moment: Moment | undefined;

  constructor() {
    this.#server = createServer((socket) => this.#pass(socket));
  }

  async listen(t: TestContext): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    t.after(() => this.#server.close());
    const address = this.#server.address();
    assert.ok(address && typeof address === 'object');
    return `http://127.0.0.1:${address.port}`;
  }

  #pass(near: Socket): void {
    if (!this.target) {
      near.destroy();
      return;
    }
    const far = connect(Number(new URL(this.target.url).port), '127.0.0.1');
    let towards = 0;
    const cut = () => {
      this.moment = undefined;
      // The box sees the end only after central is surely dead.
      void this.target?.kill().then(() => {
        far.destroy();
        near.destroy();
      });
    };
    near.on('data', (chunk: Buffer) => {
      const { moment } = this;
      if (moment && 'towards' in moment && towards + chunk.length >= moment.towards) {
        far.write(chunk.subarray(0, moment.towards - towards), cut);
        return;
      }
      towards += chunk.length;
      far.write(chunk);
    });
    far.on('data', (chunk) => {
      if (this.moment && 'answer' in this.moment) cut();
      else if (this.target) near.write(chunk);
    });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  }
}

/** In the middle of the body, and twice when the answer comes: committed, but unknown to the box. */
const MOMENTS: readonly Moment[] = [{ towards: 1200 }, { answer: true }, { answer: true }];

overEngines((test) => {
  test('kill -9 in the middle of a report and before its answer: each reading is there once', async (engine, t) => {
    const { databaseUrl } = await engine.place();
    const relay = new Relay();
    const url = await relay.listen(t);
    const args = [newFolder(t), url, ...(databaseUrl ? [databaseUrl] : [])];
    let central = await startProcess(t, args);
    relay.target = central;
    const setup = { code: central.setupCode, dealer: 'Dealer SA', user: 'admin', password: PASSWORD };
    const person = await signedIn(central.url, '/api/v1/setup', setup);
    const { id: customer } = (await person.call('POST', '/api/v1/customers', { name: 'Crash' })).body as CustomerView;
    const { code } = (await person.call('POST', `/api/v1/customers/${customer}/codes`, { days: 7 })).body as {
      code: string;
    };
    const box = await enrolBox(url, code, newBoxKey());

    const hour = (seq: number) => `2026-11-24T${String(seq).padStart(2, '0')}:00:00Z`;
    const results: string[][] = [];
    let seq = 0;
    for (const moment of MOMENTS) {
      const items = [1, 2, 3].map(() => {
        seq += 1;
        return readingItem(seq, { takenAt: hour(seq), counters: counters(1000 + seq) });
      });
      relay.moment = moment;
      await assert.rejects(box.report(items), TypeError, `cut at ${JSON.stringify(moment)}`);
      assert.equal(relay.moment, undefined, 'the kill took place');
      central = await startProcess(t, args);
      relay.target = central;
      results.push((await box.report(items)).map(({ result }) => result));
    }
    assert.deepEqual(results, [
      ['stored', 'stored', 'stored'],
      ['duplicate', 'duplicate', 'duplicate'],
      ['duplicate', 'duplicate', 'duplicate'],
    ]);

    const again = await signedIn(central.url, '/api/v1/session', { user: 'admin', password: PASSWORD });
    const get = async <T>(path: string) => (await again.call('GET', `/api/v1/customers/${customer}/${path}`)).body as T;
    const [device] = await get<CentralDeviceView[]>(`boxes/${box.agent}/devices`);
    assert.equal(device?.readings, seq);
    const readings = await get<RawReading[]>(`devices/${device?.id}/readings?limit=100`);
    assert.deepEqual(
      readings.map((reading) => reading.seq).reverse(),
      Array.from({ length: seq }, (_, index) => index + 1),
    );
    const series = await get<DeviceSeries>(`devices/${device?.id}/series?from=${hour(0)}&to=${hour(23)}`);
    assert.deepEqual(
      series.counters.map(({ total }) => total),
      Array.from({ length: seq }, (_, index) => 1001 + index),
    );
  });
});
