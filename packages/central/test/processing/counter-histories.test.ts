import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BOARDS, CLOCKS } from './board-and-clock-histories.ts';
import { EXCHANGED, SINGLE } from './counter-histories.ts';
import { DRIVERS } from './driver-histories.ts';
import { ENDS } from './end-histories.ts';
import { linesOf, summary } from './office-history.ts';
import { SPEEDS, WITHOUT_ORDER } from './speed-and-order-histories.ts';

const histories = [...SINGLE, ...EXCHANGED, ...DRIVERS, ...SPEEDS, ...WITHOUT_ORDER, ...BOARDS, ...CLOCKS, ...ENDS];

for (const { name, readings, all, mono, color, print, events = [], questions = [] } of histories) {
  test(`pages: ${name}`, () => {
    const told = summary(linesOf(readings));
    const pages = told.pages['E153M930272'];
    assert.deepEqual(
      { all: pages?.['all'] ?? null, events: told.events.toSorted(), questions: told.questions },
      { all, events: events.toSorted(), questions },
    );
    if (mono !== undefined) assert.equal(pages?.['mono'], mono, 'mono');
    if (color !== undefined) assert.equal(pages?.['color'], color, 'color');
    if (print !== undefined) assert.equal(pages?.['print'], print, 'print');
  });
}

test('the table has the histories that were promised', () => {
  assert.ok(histories.length >= 50, String(histories.length));
  assert.equal(new Set(histories.map(({ name }) => name)).size, histories.length);
});
