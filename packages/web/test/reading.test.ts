import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Alert, Counters, Status, Supply } from '@rsb/contract';
import { lifeCell, pagesCell, splitOrder } from '../src/reading/counter-cells.ts';
import { alertDetail, machineState, machineWord, statusErrorWord } from '../src/reading/machine-state.ts';
import { supplyLevel } from '../src/reading/supply-level.ts';
import { supplySlots } from '../src/reading/supply-slots.ts';
import { supplyDetail, supplyState, supplyWord } from '../src/reading/supply-state.ts';
import { levelText, supplyLabel, supplyName } from '../src/reading/supply-words.ts';

const en = { locale: 'en' } as const;
const fr = { locale: 'fr' } as const;
const de = { locale: 'de' } as const;
const answering = { state: 'answering', since: '2026-11-24T08:00:00Z' } as const;
const status = (state: Status['state'], ...errors: Status['errors']): Status => ({ state, errors });

const supply = (part: Partial<Supply>): Supply => ({
  index: '1.1',
  type: 'toner',
  color: 'black',
  description: null,
  partNumber: null,
  serialNumber: null,
  percent: null,
  state: 'ok',
  level: null,
  capacity: null,
  unit: null,
  ...part,
});

test('a machine says in one word what it does or what is wrong, with icon and severity', () => {
  const table = [
    [status('idle'), 'Ready', null, 'circle-check'],
    [status('printing'), 'Printing', null, 'printer'],
    [status('warmup'), 'Warming up', null, 'thermometer'],
    [status('sleep'), 'Asleep', null, 'moon'],
    [status('down'), 'Out of order', 'critical', 'octagon-alert'],
    [status('unknown'), 'Not told', null, 'circle-question-mark'],
    [status('idle', 'lowPaper'), 'Paper low', 'warning', 'triangle-alert'],
    // The machine goes on: a warning; it stands still: critical.
    [status('idle', 'jammed'), 'Paper jam', 'warning', 'triangle-alert'],
    [status('down', 'jammed'), 'Paper jam', 'critical', 'octagon-alert'],
    [status('down', 'lowPaper', 'jammed', 'doorOpen'), 'Paper jam', 'critical', 'octagon-alert'],
    // Toner is told by the supplies.
    [status('idle', 'lowToner'), 'Ready', null, 'circle-check'],
    [null, 'Not read yet', null, 'circle-question-mark'],
  ] as const;
  for (const [told, word, severity, icon] of table) {
    const state = machineState({ monitored: true, presence: answering, status: told });
    assert.deepEqual([machineWord(state, en), state.severity, state.icon], [word, severity, icon]);
  }
});

test('what the box knows stands above what the machine said last', () => {
  const said = status('down', 'jammed');
  const silent = machineState({
    monitored: true,
    presence: { state: 'silent', since: '2026-11-22T06:00:00Z' },
    status: said,
  });
  assert.deepEqual([machineWord(silent, fr), silent.severity], ['Sans réponse', 'warning']);
  const asleep = machineState({
    monitored: true,
    presence: { state: 'asleep', since: '2026-11-22T06:00:00Z' },
    status: said,
  });
  assert.deepEqual([machineWord(asleep, de), asleep.severity], ['Ruhemodus', null]);
  const left = machineState({ monitored: false, presence: answering, status: said });
  assert.deepEqual([machineWord(left, de), left.severity], ['Nicht überwacht', null]);
});

test('the words of the look hold in three languages', () => {
  const table = [
    ['jammed', 'Paper jam', 'Bourrage papier', 'Papierstau'],
    ['doorOpen', 'Cover open', 'Capot ouvert', 'Abdeckung offen'],
    ['serviceRequested', 'Service call', 'Appel SAV', 'Service rufen'],
    ['noPaper', 'Paper empty', 'Papier épuisé', 'Kein Papier'],
    ['lowPaper', 'Paper low', 'Peu de papier', 'Wenig Papier'],
  ] as const;
  for (const [error, english, french, german] of table)
    assert.deepEqual(
      [en, fr, de].map((lang) => statusErrorWord(error, lang)),
      [english, french, german],
    );
});

test('the detail names the tray that the alert names, else quotes the machine', () => {
  const alert = (part: Partial<Alert>): Alert => ({
    severity: 'warning',
    group: null,
    code: null,
    text: null,
    location: null,
    ...part,
  });
  const low = machineState({ monitored: true, presence: answering, status: status('idle', 'lowPaper') });
  const input = (index: number | null, name: string | null) => ({ group: 'input', index, name });
  const table: readonly (readonly [readonly Alert[] | null, string | null, boolean | null])[] = [
    [null, null, null],
    [[], null, null],
    [[alert({ group: 'cover', text: 'Cover' })], null, null],
    [[alert({ group: 'input', location: input(3, null) })], 'tray 3', false],
    [[alert({ group: 'input', location: input(3, 'Kassette 3') })], 'Kassette 3', true],
    [[alert({ group: 'input', text: 'Papier nachlegen' })], 'Papier nachlegen', true],
  ];
  for (const [alerts, text, quoted] of table) {
    const detail = alertDetail(low, alerts, en);
    assert.deepEqual([detail?.text ?? null, detail?.quoted ?? null], [text, quoted]);
  }
  const down = machineState({ monitored: true, presence: answering, status: status('down') });
  const critical = alert({ severity: 'critical', group: 'marker', text: 'Call service SC542' });
  assert.equal(alertDetail(down, [alert({ text: 'other' }), critical], en)?.text, 'Call service SC542');
});

test('a bar shows what the supply tells, and never a number that it does not', () => {
  const table = [
    [supply({ percent: 62 }), 'percent', 62, false, 10, '62', 'Black toner 62 percent, warning mark at 10'],
    [supply({ percent: 10 }), 'percent', 10, true, 10, '10', 'Black toner 10 percent, below the mark'],
    [supply({ percent: 8, state: 'low' }), 'percent', 8, true, 10, '8', 'Black toner 8 percent, below the mark'],
    [supply({ percent: 0, state: 'empty', color: 'magenta' }), 'empty', 0, false, null, 'empty', 'Magenta toner empty'],
    [supply({ state: 'someRemaining' }), 'some', 0, false, null, 'some', 'Black toner: some left, no percent told'],
    [supply({ state: 'low' }), 'some', 0, true, null, 'low', 'Black toner: low, no percent told'],
    [supply({ state: 'unknown', color: 'yellow' }), 'unknown', 0, false, null, '?', 'Yellow toner: level not told'],
    // The contract tells the space left; the page shows how full it is.
    [
      supply({ type: 'waste', color: null, percent: 36 }),
      'percent',
      64,
      false,
      90,
      '64',
      'Waste container 64 percent full',
    ],
    [
      supply({ type: 'waste', color: null, percent: 8 }),
      'percent',
      92,
      true,
      90,
      '92',
      'Waste container 92 percent full',
    ],
    [supply({ type: 'waste', color: null, state: 'full' }), 'full', 100, false, null, 'full', 'Waste container full'],
  ] as const;
  for (const [told, shown, fill, low, mark, text, label] of table) {
    const level = supplyLevel(told, 10);
    assert.deepEqual(
      [level.shown, level.fill, level.low, level.mark, levelText(level, en), supplyLabel(level, en)],
      [shown, fill, low, mark, text, label],
    );
  }
});

test('supplies are named as each language names them', () => {
  const names = [en, fr, de].map((lang) => supplyName({ type: 'toner', color: 'black' }, lang));
  assert.deepEqual(names, ['Black toner', 'Toner noir', 'Toner Schwarz']);
  assert.equal(supplyName({ type: 'fuser', color: null }, de), 'Fixiereinheit');
});

test('inks keep their places; further ones share the last, the worst of them in sight', () => {
  const toner = (color: Supply['color'], percent: number) => supply({ index: `${color}`, color, percent });
  const colors = (slots: ReturnType<typeof supplySlots>) => slots.places.map((place) => place?.supply.color ?? null);
  const mono = supplySlots([toner(null, 62), supply({ type: 'drum', percent: 50 })], 10);
  assert.deepEqual([colors(mono), mono.places[0]?.ink, mono.more], [[null, null, null, null], 'k', 0]);
  const four = supplySlots([toner('yellow', 1), toner('black', 2), toner('magenta', 3), toner('cyan', 4)], 10);
  assert.deepEqual([colors(four), four.more], [['black', 'cyan', 'magenta', 'yellow'], 0]);
  const six = supplySlots(
    [...four.places.flatMap((place) => place?.supply ?? []), toner('lightCyan', 50), toner('matteBlack', 0)],
    10,
  );
  assert.deepEqual([colors(six), six.more], [['black', 'cyan', 'magenta', 'matteBlack'], 2]);
  const twoBlack = supplySlots([toner('black', 50), toner('black', 20)], 10);
  assert.deepEqual([twoBlack.places[3]?.fill, twoBlack.more], [20, 0]);
});

test('Su is the worst supply; an idle machine with an empty one is a warning, a machine that is down critical', () => {
  const empty = supply({ color: 'magenta', percent: 0, state: 'empty' });
  const low = supply({ color: 'cyan', percent: 5, state: 'low' });
  const waste = supply({ type: 'waste', color: null, state: 'full' });
  const ok = supply({ percent: 60 });
  const table = [
    [[ok, low, empty], status('idle'), 'Empty', 'magenta', 'warning'],
    [[ok, low, empty], status('down'), 'Empty', 'magenta', 'critical'],
    [[ok, low], status('idle'), 'Low', 'cyan', 'warning'],
    [[ok, low, supply({ color: 'yellow', percent: 9 })], null, 'Low', 'cyan, yellow', 'warning'],
    [[ok, waste, low], status('idle'), 'Waste full', null, 'warning'],
    [[ok], status('idle'), 'OK', null, null],
    [[supply({ state: 'someRemaining' })], status('idle'), 'OK', null, null],
    [[supply({ state: 'unknown' })], status('idle'), '?', null, null],
    [[], status('idle', 'noToner'), 'Empty', null, 'warning'],
    [null, status('idle'), '?', null, null],
  ] as const;
  for (const [supplies, told, word, detail, severity] of table) {
    const state = supplyState(supplies, told, 10);
    assert.deepEqual([supplyWord(state, en), supplyDetail(state, en), state.severity], [word, detail, severity]);
  }
});

const none = { all: null, mono: null, color: null };
const counters = (part: Partial<Counters>): Counters => ({
  life: null,
  lifeUnit: 'impressions',
  vendorLife: null,
  billing: null,
  total: none,
  print: none,
  copy: none,
  fax: none,
  scan: none,
  duplex: null,
  largeFormat: null,
  other: [],
  ...part,
});

test('the life count shows standard over vendor and tells whether they agree', () => {
  const shown = (part: Partial<Counters> | null) => {
    const { first, second, same } = lifeCell(part && counters(part));
    return { first, second, same };
  };
  assert.deepEqual(shown({ life: 83_203, vendorLife: 83_203 }), { first: 83_203, second: 83_203, same: true });
  assert.deepEqual(shown({ life: 14_882, vendorLife: 14_682 }), { first: 14_882, second: 14_682, same: false });
  assert.deepEqual(shown({ life: 12 }), { first: 12, second: undefined, same: false });
  assert.deepEqual(shown(null), { first: null, second: undefined, same: false });
});

test('pages stand mono over colour, one line for mono machines, and never a zero for what is not told', () => {
  const table = [
    [{ all: 83_203, mono: 39_093, color: 44_110 }, true, 39_093, 44_110, false],
    [{ all: 28_536, mono: 28_536, color: null }, false, 28_536, undefined, false],
    [{ all: 28_536, mono: 28_536, color: null }, true, 28_536, null, false],
    [{ all: 28_536, mono: null, color: null }, false, 28_536, undefined, false],
    [{ all: 28_536, mono: null, color: null }, true, 28_536, undefined, true],
    [none, true, null, undefined, false],
    [null, true, null, undefined, false],
  ] as const;
  for (const [split, color, first, second, unsplit] of table) {
    const cell = pagesCell(split, color);
    assert.deepEqual([cell.first, cell.second, cell.unsplit], [first, second, unsplit]);
  }
  assert.equal(splitOrder({ all: null, mono: 5, color: 2 }), 5);
  assert.equal(splitOrder(null), null);
});
