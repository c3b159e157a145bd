import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  COLUMN_IDS,
  type ColumnId,
  columnsAt,
  FIRST_CHOICE,
  moveColumn,
  neededWidth,
  widthsAt,
} from '../src/box/machines/columns.ts';
import { nextSpan, RowElements } from '../src/box/machines/drawn-rows.ts';
import {
  type FIELDS,
  type Filters,
  filterRows,
  filtersFrom,
  isFiltered,
  NO_FILTERS,
  optionsFor,
  queryOf,
  RowFilter,
} from '../src/box/machines/filters.ts';
import { holdOrder } from '../src/box/machines/held-order.ts';
import { FIRST_VIEW, parseView } from '../src/box/machines/list-view.ts';
import { machineRow, oldBefore } from '../src/box/machines/machine-row.ts';
import { RowOrder, sortedRows } from '../src/box/machines/row-order.ts';
import { routeOf } from '../src/box/router.ts';
import { seedDevices } from './mock/seed-devices.ts';

const NOW = Date.parse('2026-11-24T14:24:24Z');
const rules = { lang: { locale: 'fr' } as const, mark: 10, oldBefore: NOW - 2 * 3_600_000 };
const rows = seedDevices(NOW).map((device) => machineRow(device, rules));
const found = (filters: Partial<Filters>) => filterRows(rows, { ...NO_FILTERS, ...filters }).map((row) => row.name);

test('search looks into everything, without accents, every word somewhere', () => {
  const table = [
    ['etage', ['RNP0025735AS21B', 'RNP00257373D660']],
    ['ÉTAGE couloir', ['RNP0025735AS21B']],
    ['ricoh mp c2050', ['RNPE35736', 'RNPEB7829']],
    ['708212', ['KMB66E54']],
    ['00:00:74:eb', ['RNPEB7829']],
    ['V2284701060', ['RNPE35736']],
    ['192.168.7.', ['KMB66E54']],
    // Also the words that the page shows, in the reader's language.
    ['bourrage', ['RNPEB7829']],
    ['sharp', []],
  ] as const;
  for (const [search, names] of table) assert.deepEqual(found({ search }), names, search);
  assert.equal(found({ search: '   ' }).length, 13);
});

test('filters narrow together; the counts are those that each option would leave', () => {
  assert.equal(found({ manufacturer: 'Ricoh' }).length, 4);
  assert.deepEqual(found({ manufacturer: 'Ricoh', model: 'Aficio MP C2050' }), ['RNPE35736', 'RNPEB7829']);
  assert.deepEqual(found({ state: 'trouble' }), ['RNPEB7829']);
  assert.deepEqual(found({ state: 'silent' }), ['KMB5F1B1']);
  assert.deepEqual(found({ state: 'notMonitored' }), ['KMB5F1B3']);
  const options = (field: (typeof FIELDS)[number], filters: Partial<Filters> = {}) =>
    optionsFor(rows, { ...NO_FILTERS, ...filters }, field).map(({ value, count }) => `${value} ${count}`);
  assert.deepEqual(options('manufacturer'), ['Kyocera 9', 'Ricoh 4']);
  assert.deepEqual(options('model', { manufacturer: 'Ricoh' }), [
    'Aficio MP C2050 2',
    'Aficio MP C4502 1',
    'MP C3003 1',
  ]);
  // The chosen value stays in its own list, also where nothing is left of it.
  assert.deepEqual(options('model', { manufacturer: 'Kyocera', model: 'MP C3003' }), ['FS-1370DN 9', 'MP C3003 0']);
  assert.deepEqual(options('state'), ['trouble 1', 'attention 3', 'silent 1', 'asleep 1', 'well 6', 'notMonitored 1']);
});

test('each machine is in exactly one group', () => {
  const counts = optionsFor(rows, NO_FILTERS, 'state').reduce((sum, option) => sum + option.count, 0);
  assert.equal(counts, rows.length);
});

test('filters live in the address and come back from it', () => {
  const value = fc.option(fc.string({ minLength: 1 }), { nil: null });
  fc.assert(
    fc.property(
      fc.record({
        search: fc.string(),
        manufacturer: value,
        model: value,
        location: value,
        group: value,
        state: fc.constantFrom('trouble', 'silent', 'well', null),
      }),
      (filters) => {
        assert.deepEqual(filtersFrom(queryOf(filters)), { ...filters });
      },
    ),
  );
  assert.deepEqual(filtersFrom('?state=nonsense&page=4'), NO_FILTERS);
  assert.equal(queryOf(NO_FILTERS), '');
  assert.equal(isFiltered(NO_FILTERS), false);
});

test('values are old after two missed reads, at least two hours', () => {
  const hour = 3_600_000;
  assert.equal(NOW - oldBefore(NOW, null, null), 2 * hour + hour / 6);
  assert.equal(NOW - oldBefore(NOW, '2026-11-24T14:00:00Z', '2026-11-24T14:15:00Z'), 2 * hour);
  assert.equal(NOW - oldBefore(NOW, '2026-11-24T00:00:00Z', '2026-11-24T12:00:00Z'), 24 * hour + hour / 6);
});

test('columns leave in their order where it is narrow, unless the reader wants them', () => {
  const hidden = (width: number, chosen = {}) =>
    Object.entries(columnsAt(width, { ...FIRST_CHOICE, shown: chosen })).flatMap(([id, isShown]) =>
      isShown ? [] : [id],
    );
  assert.deepEqual(hidden(1440), []);
  assert.deepEqual(hidden(1425), []);
  assert.deepEqual(hidden(1366), ['print']);
  assert.deepEqual(hidden(1280), ['waste', 'print']);
  assert.deepEqual(hidden(1100), ['location', 'waste', 'print']);
  assert.deepEqual(hidden(1100, { print: true }), ['location', 'waste']);
  assert.deepEqual(hidden(1440, { serial: false }), ['serial']);
});

test('a wide window gives its room to names and words, numbers keep their width', () => {
  const shown = columnsAt(1920, FIRST_CHOICE);
  const widths = widthsAt(1920, shown);
  assert.equal(widths.life, widthsAt(1440, shown).life);
  assert.ok(widths.location > widthsAt(1440, shown).location);
  assert.ok(neededWidth(shown) <= 1440);
});

test('an order that is held keeps places, lets go what is gone and puts new ones last', () => {
  assert.deepEqual(holdOrder(['a', 'b', 'c'], ['a', 'b', 'c']), { order: ['a', 'b', 'c'], moved: 0 });
  assert.deepEqual(holdOrder(['a', 'b', 'c'], ['c', 'a', 'b']), { order: ['a', 'b', 'c'], moved: 3 });
  assert.deepEqual(holdOrder(['a', 'b', 'c'], ['d', 'a', 'c']), { order: ['a', 'c', 'd'], moved: 3 });
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(20)), fc.uniqueArray(fc.nat(20)), (before, sorted) => {
      const held = holdOrder(before.map(String), sorted.map(String));
      assert.deepEqual([...held.order].sort(), sorted.map(String).sort());
    }),
  );
});

test('a remembered view is taken as far as it makes sense', () => {
  const table = [
    [null, FIRST_VIEW],
    ['no json', FIRST_VIEW],
    ['[1]', FIRST_VIEW],
    [
      '{"shown":{"waste":false,"nonsense":true},"sorting":{"id":"life","desc":true}}',
      { ...FIRST_VIEW, shown: { waste: false }, sorting: { id: 'life', desc: true } },
    ],
    ['{"shown":"x","sorting":{"id":"nonsense"}}', FIRST_VIEW],
    [
      '{"widths":{"life":1e9,"toner":-4,"model":"90","nonsense":80}}',
      { ...FIRST_VIEW, widths: { life: 600, toner: 36 } },
    ],
    ['{"order":"life"}', FIRST_VIEW],
  ] as const;
  for (const [text, view] of table) assert.deepEqual(parseView(text), view);
});

test('addresses lead to their pages, unknown ones say so', () => {
  const table = [
    ['/', { page: 'machines' }],
    ['/machines/serial%3AQ%2F1', { page: 'machine', id: 'serial:Q/1' }],
    ['/machines/%E0%A4%A', { page: 'machine', id: '%E0%A4%A' }],
    ['/settings', { page: 'settings', section: 'networks' }],
    ['/settings/central', { page: 'settings', section: 'central' }],
    ['/start', { page: 'start' }],
    ['/signin', { page: 'signIn' }],
    ['/settings/a/b', { page: 'unknown' }],
    ['/other', { page: 'unknown' }],
  ] as const;
  for (const [path, route] of table) assert.deepEqual(routeOf(path), route);
});

test('a remembered order holds every column once, the name first, whatever was kept', () => {
  const kept = fc.array(fc.oneof(fc.constantFrom(...COLUMN_IDS), fc.string(), fc.integer()), { maxLength: 20 });
  fc.assert(
    fc.property(kept, (order) => {
      const { order: parsed } = parseView(JSON.stringify({ order }));
      assert.equal(parsed[0], 'name');
      assert.deepEqual([...parsed].sort(), [...COLUMN_IDS].sort());
    }),
  );
});

test('a column moves to its new place and nowhere before the name', () => {
  const order: readonly ColumnId[] = ['name', 'state', 'model', 'life'];
  const table = [
    ['life', 1, ['name', 'life', 'state', 'model']],
    ['life', 0, ['name', 'life', 'state', 'model']],
    ['state', 2, ['name', 'model', 'state', 'life']],
    ['state', 99, ['name', 'model', 'life', 'state']],
    ['name', 3, order],
  ] as const;
  for (const [id, to, moved] of table) assert.deepEqual(moveColumn(order, id, to), moved, `${id} to ${to}`);
});

test('a width that the reader chose stays, the others take what is left', () => {
  const shown = columnsAt(1920, FIRST_CHOICE);
  const widths = widthsAt(1920, shown, { location: 300 });
  assert.equal(widths.location, 300);
  assert.ok(widths.name > widthsAt(1440, shown).name);
});

test('an export has the order of the list: what has no value comes last both ways', () => {
  const bySerial = (desc: boolean) =>
    sortedRows(
      rows.map((row, at) => (at === 0 ? { ...row, device: { ...row.device, serialNumber: null } } : row)),
      { id: 'serial', desc },
    ).map(({ device }) => device.serialNumber);
  assert.equal(bySerial(false).at(-1), null);
  assert.equal(bySerial(true).at(-1), null);
  assert.deepEqual(bySerial(true).slice(0, -1), [...bySerial(false).slice(0, -1)].reverse());
});

test('an order that is kept from list to list is the order of a list that is sorted anew', () => {
  const ids = ['name', 'serial', 'location', 'toner', 'life', 'total'] as const;
  const change = fc.record({
    at: fc.nat(rows.length - 1),
    name: fc.string({ maxLength: 6 }),
    life: fc.option(fc.nat()),
    isGone: fc.boolean(),
  });
  const steps = fc.array(fc.array(change, { maxLength: 8 }), { maxLength: 4 });
  fc.assert(
    fc.property(fc.constantFrom(...ids), fc.boolean(), steps, (id, desc, lists) => {
      const order = new RowOrder();
      let now = [...rows];
      order.of(now, { id, desc });
      for (const changes of lists) {
        for (const { at, name, life, isGone } of changes) {
          const row = rows[at];
          if (!row) continue;
          const others = now.filter((each) => each.id !== row.id);
          now = isGone ? others : [...others, { ...row, name, order: { ...row.order, life } }];
        }
        const kept = order.of(now, { id, desc });
        assert.deepEqual(new Set(kept), new Set(now), 'the rows of the list, each once');
        assert.equal(kept.length, now.length);
        // Sorting moves nothing: equals may stand either way round.
        assert.deepEqual(sortedRows(kept, { id, desc }), kept);
      }
    }),
  );
});

test('a filter that keeps what it found leaves what a filter that starts anew leaves', () => {
  const search = fc.constantFrom(
    '',
    'r',
    'ri',
    'ric',
    'rico 40',
    'mp',
    'mp c2',
    'étage',
    'e',
    'kyo',
    'kyo 1',
    '  ',
    'x',
  );
  const filters = fc.record({
    search,
    manufacturer: fc.constantFrom('Ricoh', 'Kyocera', null),
    state: fc.constantFrom('silent', null),
  });
  fc.assert(
    fc.property(fc.array(filters, { minLength: 1, maxLength: 40 }), fc.nat(), (typed, at) => {
      const kept = new RowFilter();
      typed.forEach((part, step) => {
        // A machine comes or goes in between.
        const list = step < at % typed.length ? rows : rows.slice(1);
        const wanted = { ...NO_FILTERS, ...part };
        if (step % 3 === at % 3) kept.prepare(list);
        assert.deepEqual(kept.of(list, wanted), filterRows(list, wanted));
      });
    }),
  );
});

test('what is seen is drawn at once, the rest by and by until all that is wanted stands there', () => {
  const place = fc.nat(500);
  fc.assert(
    fc.property(place, place, place, place, fc.nat(60), fc.integer({ min: 1, max: 9 }), (a, b, c, d, around, most) => {
      const span = (x: number, y: number) => ({ first: Math.min(x, y), end: Math.max(x, y) });
      const seen = span(c, d);
      const wanted = { first: Math.max(0, seen.first - around), end: seen.end + around };
      let drawn = span(a, b);
      for (let step = 0; step < 200; step += 1) {
        const next = nextSpan(drawn, { seen, wanted, most });
        assert.ok(next.first <= seen.first && next.end >= seen.end, 'all that is seen');
        assert.ok(next.first >= wanted.first && next.end <= wanted.end, 'no more than is wanted');
        if (step > 0) assert.ok(next.end - next.first - (drawn.end - drawn.first) <= most, 'some at a time');
        drawn = next;
      }
      assert.deepEqual(drawn, wanted);
    }),
  );
});

test('rows keep their elements; that of a row that went is given on or waits, unless somebody works in one', () => {
  const elements = new RowElements();
  assert.deepEqual(elements.next(['a', 'b', 'c', 'd'], false), [1, 2, 3, 4]);
  assert.deepEqual(elements.next(['b', 'c', 'd', 'e'], false), [2, 3, 4, 5], 'one came, one went');
  assert.deepEqual(elements.next(['c', 'b', 'd', 'e'], false), [3, 2, 4, 5], 'sorted otherwise');
  assert.deepEqual(elements.next(['c', 'b', 'd', 'f'], false), [3, 2, 4, 5], 'another in the place of the last');
  assert.deepEqual(elements.next(['v', 'w', 'x', 'b', 'y'], false), [3, 2, 4, 5, 6], 'most are others');
  assert.deepEqual(elements.next(['b', 'p', 'q', 'r', 's'], true), [5, 7, 8, 9, 10], 'somebody types in b');
  assert.deepEqual(elements.waiting, [], 'what left while somebody worked is not given on');
  assert.deepEqual(elements.next([], false), [], 'a search finds nothing');
  assert.deepEqual(elements.waiting, [5, 7, 8, 9, 10]);
  assert.deepEqual(elements.next(['m', 'n'], false), [5, 7], 'the next finds something');
  assert.deepEqual(elements.next(['m', 'n', 'o'], false), [5, 7, 8], 'a row more is drawn');
  assert.deepEqual(elements.waiting, [9, 10]);
  fc.assert(
    fc.property(fc.array(fc.uniqueArray(fc.nat(40).map(String))), fc.boolean(), (lists, isHeld) => {
      const fresh = new RowElements();
      for (const ids of lists) {
        const numbers = fresh.next(ids, isHeld);
        assert.equal(numbers.length, ids.length);
        const all = [...numbers, ...fresh.waiting];
        assert.equal(new Set(all).size, all.length, 'no element twice');
      }
    }),
  );
});
