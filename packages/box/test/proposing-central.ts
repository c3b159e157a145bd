/** A real central over loopback that proposes to a real box at a simulated site: what its tests share. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { prepare, startCentral } from '@rsb/central';
import type { BoxProposalList, BoxView, CentralProposalView, ProposalRequest, SettingsView } from '@rsb/contract';
import { openDataFolder, silentLog, systemClock, systemRandom } from '@rsb/runtime';
import { type SimulatedMachine, seedSite } from '@rsb/simulator';
import { startSiteBox, type TestBox, waitFor } from './box-at-work.ts';

const machines = seedSite({ gear: false });
const named = (name: string): SimulatedMachine => {
  const found = machines.find((machine) => machine.name === name);
  assert.ok(found, name);
  return found;
};
export const [KYOCERA, RICOH] = [named('KMB5F1A0'), named('RNPE35736')];
export const siteFor = (t: TestContext) => startSiteBox(t, [KYOCERA, RICOH]);
export const serialOf = async (box: TestBox, { address }: SimulatedMachine) =>
  (await box.device(address)).serialNumber ?? '';

const PASSWORD = 'correct horse battery staple';

export interface Central {
  readonly url: string;
  readonly customer: string;
  readonly code: string;
  readonly connected: TestBox[];
  call<T>(method: string, path: string, body?: unknown): Promise<{ readonly status: number; readonly body: T }>;
  importFleet(csv: string): Promise<void>;
  /** Below the customer; must succeed. */
  ask<T>(method: string, path: string, body?: unknown): Promise<T>;
}

export async function centralFor(t: TestContext): Promise<Central> {
  const folder = mkdtempSync(join(tmpdir(), 'rsb-central-'));
  const opened = openDataFolder(folder);
  assert.ok(opened.ok);
  const [clock, random] = [systemClock(), systemRandom()];
  const started = await startCentral({
    folder: opened.value,
    host: '127.0.0.1',
    port: 0,
    clock,
    random,
    log: silentLog(),
    webRoot: null,
  });
  assert.ok(started.ok);
  const central = started.value;
  const connected: TestBox[] = [];
  t.after(async () => {
    // First who is connected to it, so that nothing waits for a connection that is kept open.
    for (const box of connected) await box.close();
    await central.close();
    opened.value.release();
    rmSync(folder, { recursive: true, force: true });
  });
  const prepared = await prepare(central, {
    dealer: 'Dealer',
    user: 'anna',
    password: PASSWORD,
    customer: 'Customer SA',
  });
  assert.ok(prepared.ok);
  const signIn = await fetch(`${central.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: 'anna', password: PASSWORD }),
  });
  const cookie = signIn.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const { csrfToken } = (await signIn.json()) as { csrfToken: string };
  const call = async <T>(method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${central.url}/api/v1${path}`, {
      method,
      headers: { cookie, 'x-csrf-token': csrfToken, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = /[/+]json/.test(answer.headers.get('content-type') ?? '');
    return { status: answer.status, body: (text === '' ? null : isJson ? JSON.parse(text) : text) as T };
  };
  const [known] = (await call<readonly { readonly id: string }[]>('GET', '/customers')).body;
  assert.ok(known);
  const customer = known.id;
  return {
    url: central.url,
    customer,
    code: prepared.value.code,
    connected,
    call,
    async importFleet(csv) {
      const answer = await fetch(`${central.url}/api/v1/imports?dry=false`, {
        method: 'POST',
        headers: { cookie, 'x-csrf-token': csrfToken, 'content-type': 'text/csv' },
        body: csv,
      });
      assert.equal(answer.status, 200, await answer.text());
    },
    async ask<T>(method: string, path: string, body?: unknown) {
      const answer = await call<T>(method, `/customers/${customer}${path}`, body);
      assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
      return answer.body;
    },
  };
}

export async function enrolled(box: TestBox, central: Central): Promise<string> {
  central.connected.push(box);
  await box.reader.ask('POST', '/enrolment', { url: central.url, code: central.code });
  const view = await waitFor(async () => {
    const state = await box.reader.ask<BoxView>('GET', '/state');
    return state.central.state === 'reached' && state.central.waiting === 0 ? state : undefined;
  });
  assert.ok(view.agent !== null);
  return view.agent;
}

export const askCentral = (box: TestBox): Promise<BoxProposalList> => box.reader.ask('POST', '/proposals/ask', {});
export const settingsOf = (box: TestBox): Promise<SettingsView> => box.reader.ask('GET', '/settings');
export const proposedTo = (central: Central, agent: string) =>
  central.ask<CentralProposalView[]>('GET', `/boxes/${agent}/proposals`);
export const propose = (central: Central, agent: string, request: ProposalRequest) =>
  central.ask<CentralProposalView>('POST', `/boxes/${agent}/proposals`, request);
export const answered = (central: Central, agent: string, id: string) =>
  waitFor(async () => (await proposedTo(central, agent)).find((each) => each.id === id && each.state !== 'open'));

export const letCentral = (box: TestBox, settings: 'ask' | 'allow' | 'never', commands: 'ask' | 'allow' | 'never') =>
  box.settings((before) => ({ ...before, fromCentral: { settings, commands } }));
