/** Which links an app follows by itself, and which it leaves to the browser. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRouter } from '../src/routing/router.ts';

function opened() {
  const heard: ((event: object) => void)[] = [];
  const location = { pathname: '/', search: '' };
  const view = {
    location,
    addEventListener: () => undefined,
    scrollTo: () => undefined,
    history: { pushState: (_state: null, _title: string, to: string) => Object.assign(location, { pathname: to }) },
    document: { addEventListener: (_kind: string, listener: (event: object) => void) => heard.push(listener) },
  };
  const router = createRouter(view as unknown as Window);
  /** Whether the browser is left to follow it. */
  const click = (href: string, attributes: readonly string[] = [], more: object = {}): boolean => {
    const link = { getAttribute: () => href, hasAttribute: (name: string) => attributes.includes(name) };
    let prevented = false;
    const target = { closest: () => (href.startsWith('/') ? link : null) };
    const preventDefault = () => {
      prevented = true;
    };
    for (const listener of heard) listener({ button: 0, target, preventDefault, ...more });
    return !prevented;
  };
  return { router, click };
}

test('a place of the app is gone to without a load; files, other windows and other sites are the browser’s', () => {
  const { router, click } = opened();
  assert.equal(click('/fleet'), false);
  assert.equal(router.get().path, '/fleet');
  const left = [
    click('/api/v1/exports/devices.csv?language=en'),
    click('/api/v1/customers/1/boxes/2/proposals/3/capture'),
    click('/sheet', ['download']),
    click('/sheet', ['target']),
    click('/fleet', [], { ctrlKey: true }),
    click('https://example.com/'),
  ];
  assert.deepEqual(left, [true, true, true, true, true, true]);
  assert.equal(router.get().path, '/fleet');
});
