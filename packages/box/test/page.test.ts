/** What a browser gets: the Device Manager's files, and the stream of what changes. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import type { BoxEvent, BoxView, DeviceList, DeviceView } from '@rsb/contract';
import { seededRandom } from '@rsb/runtime';
import { seedSite } from '@rsb/simulator';
import { createFeed } from '../src/service/feed.ts';
import { problem, startSiteBox, startTestBox, type TestBox, waitFor } from './box-at-work.ts';

function webRoot(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'rsb-web-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Device Manager</title>');
  writeFileSync(join(folder, 'assets', 'app-4F2KQ1ZX.js'), `/* ${'x'.repeat(5000)} */`);
  writeFileSync(join(folder, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeFileSync(join(folder, '.stamp'), 'not for readers');
  return folder;
}

describe('files', () => {
  test('the page is asked for anew each time, its hashed files never', async (t) => {
    const box = await startTestBox(t, { webRoot: webRoot(t) });
    for (const path of ['/', '/index.html', '/settings/networks', '/machines/Kyocera%20Q663894857']) {
      const answer = await fetch(`${box.url}${path}`);
      assert.equal(answer.status, 200, path);
      assert.match(answer.headers.get('content-type') ?? '', /^text\/html/, path);
      assert.equal(answer.headers.get('cache-control'), 'no-cache', path);
      assert.match(answer.headers.get('content-security-policy') ?? '', /default-src 'none'/);
      assert.match(await answer.text(), /Device Manager/);
    }
    const script = await fetch(`${box.url}/assets/app-4F2KQ1ZX.js`);
    assert.equal(script.headers.get('cache-control'), 'public, max-age=31536000, immutable');
    assert.match(script.headers.get('content-type') ?? '', /javascript/);
    assert.ok(['br', 'gzip'].includes(script.headers.get('content-encoding') ?? ''));
    assert.equal((await fetch(`${box.url}/favicon.svg`)).headers.get('cache-control'), 'no-cache');
  });

  test('nothing else of the disk is served', async (t) => {
    const box = await startTestBox(t, { webRoot: webRoot(t) });
    const paths = [
      '/.stamp',
      '/nothing.js',
      '/assets/nothing.css',
      '/..%2f..%2fetc%2fhosts.txt',
      '/assets/..%5c..%5cx.txt',
      '/%00.js',
    ];
    for (const path of paths) {
      const answer = await fetch(`${box.url}${path}`);
      assert.ok([400, 403, 404].includes(answer.status), `${path}: ${answer.status}`);
    }
    assert.match(
      await (await fetch(`${box.url}/..%2f..%2fetc%2fpasswd`)).text(),
      /Device Manager/,
      'an address of the app',
    );
    assert.equal((await fetch(`${box.url}/`, { method: 'POST' })).status, 404);
  });

  test('without a built page the API works all the same', async (t) => {
    const box = await startTestBox(t);
    assert.equal((await box.reader.call('GET', '/state')).status, 200);
    assert.equal((await fetch(`${box.url}/`)).status, 404);
  });
});

interface Listener {
  readonly events: BoxEvent[];
  readonly status: number;
  ended: boolean;
  close(): void;
}

async function listen(t: TestContext, box: TestBox, cookie = '', since = ''): Promise<Listener> {
  const abort = new AbortController();
  const answer = await fetch(`${box.url}/api/v1/events${since}`, { headers: { cookie }, signal: abort.signal });
  const listener: Listener = { events: [], status: answer.status, ended: false, close: () => abort.abort() };
  t.after(() => abort.abort());
  const take = async () => {
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of answer.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const [, event, data] = /^(?:id: .*\n)?event: (\w+)\ndata: (.*)$/.exec(block) ?? [];
        if (event && data) listener.events.push({ event, data: JSON.parse(data) } as BoxEvent);
      }
    }
  };
  take()
    .catch(() => {})
    .finally(() => {
      listener.ended = true;
    });
  return listener;
}

describe('what changes', () => {
  const [KYOCERA] = seedSite({ gear: false });
  assert.ok(KYOCERA);

  test('a scan is seen on an open page: how far it is, each machine, and its end', async (t) => {
    const { box } = await startSiteBox(t, [KYOCERA]);
    const page = await listen(t, box);
    assert.equal(page.status, 200);
    const states = () => page.events.flatMap(({ event, data }) => (event === 'state' ? [data as BoxView] : []));
    const devices = () => page.events.flatMap(({ event, data }) => (event === 'device' ? [data as DeviceView] : []));
    await waitFor(() => (states().length > 0 ? true : undefined));
    assert.equal(states()[0]?.signedIn, false);
    await box.scan();
    await waitFor(() => (states().at(-1)?.lastScan?.printers === 1 ? true : undefined));
    assert.ok(devices().length > 0);
    assert.equal(devices().at(-1)?.reading, false);
    assert.equal(devices().at(-1)?.counters?.value.life, 28_536);
  });

  test('who comes back is told what changed since, or to ask for everything', async (t) => {
    const { box } = await startSiteBox(t, [KYOCERA]);
    await box.scan();
    const { mark } = await box.reader.ask<DeviceList>('GET', '/devices');
    const { id } = await box.device(KYOCERA.address);
    await box.reader.ask('PATCH', '/devices', { ids: [id], set: { group: 'Office' } });
    const first = async (since: string) => {
      const page = await listen(t, box, '', since);
      await waitFor(() => (page.events.some(({ event }) => event === 'mark') ? true : undefined));
      page.close();
      return page.events;
    };
    const names = (events: readonly BoxEvent[]) => events.map(({ event }) => event);
    const caughtUp = await first(`?since=${mark}`);
    assert.deepEqual(names(caughtUp), ['settings', 'state', 'device', 'mark']);
    assert.ok(caughtUp.some(({ event, data }) => event === 'device' && (data as DeviceView).group === 'Office'));
    const [last] = caughtUp.flatMap(({ event, data }) => (event === 'mark' ? [(data as { mark: string }).mark] : []));
    assert.deepEqual(names(await first(`?since=${last}`)), ['settings', 'state', 'mark'], 'nothing happened since');
    assert.deepEqual(names(await first('')), ['state', 'mark'], 'a page that is new has its list');
    for (const strange of ['?since=abcdef012345-1', '?since=', '?since=%00', `?since=${mark}9`])
      assert.equal(names(await first(strange))[0], 'reload', strange);
    await box.restart();
    await box.signIn();
    assert.equal(names(await first(`?since=${last}`))[0], 'reload', 'another process knows nothing of it');
  });

  test('a device that changed before all that is remembered makes the page ask for everything', () => {
    const feed = createFeed(seededRandom(1), 3);
    const change = (...ids: readonly string[]) => {
      for (const id of ids) feed.publish({ kind: 'device', id });
    };
    const start = feed.mark();
    change('a', 'b', 'a', 'c');
    assert.deepEqual(feed.changedSince(start), ['b', 'a', 'c'], 'each once');
    const later = feed.mark();
    feed.publish({ kind: 'state' });
    assert.deepEqual(feed.changedSince(later), []);
    change('d');
    assert.equal(feed.changedSince(start), null, 'b is forgotten');
    assert.deepEqual(feed.changedSince(later), ['d']);
    for (const wrong of ['', 'x', `${later}0`, later.replace(/-.*/, '-99'), later.replace(/.-/, 'g-')])
      assert.equal(feed.changedSince(wrong), null, wrong);
  });

  test('settings that another page saved, and notes', async (t) => {
    const { box } = await startSiteBox(t, [KYOCERA]);
    await box.scan();
    const page = await listen(t, box);
    await box.settings((settings) => ({ ...settings, supplyMark: 20 }));
    await waitFor(() =>
      page.events.find(({ event, data }) => event === 'settings' && 'revision' in data && data.revision === 2),
    );
    const { id } = await box.device(KYOCERA.address);
    await box.reader.ask('PATCH', '/devices', { ids: [id], set: { group: 'Office' } });
    await waitFor(() =>
      page.events.find(({ event, data }) => event === 'device' && (data as DeviceView).group === 'Office'),
    );
  });

  test('a page that may no longer read is let go', async (t) => {
    const { box } = await startSiteBox(t, [KYOCERA]);
    const page = await listen(t, box);
    await waitFor(() => (page.events.length > 0 ? true : undefined));
    const seen = page.events.length;
    await box.settings((settings) => ({ ...settings, openReading: false }));
    await waitFor(() => (page.ended ? true : undefined));
    assert.equal(page.events.length, seen, 'and told nothing more');
    assert.equal(problem(await box.stranger().call('GET', '/events')).code, 'signInNeeded');
  });

  test('pages that go away are forgotten, and the box stops with pages open', async (t) => {
    const { box } = await startSiteBox(t, [KYOCERA]);
    const pages = [];
    for (let count = 0; count < 100; count += 1) pages.push(await listen(t, box));
    assert.equal(problem(await box.stranger().call('GET', '/events')).code, 'tooManyRequests');
    for (const page of pages.slice(0, 50)) page.close();
    await waitFor(async () => {
      const again = await listen(t, box);
      return again.status === 200 ? true : undefined;
    });
    await box.close();
  });
});
