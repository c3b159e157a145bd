/** What a row of supplies means, whatever language, unit or habit it comes in. */
import assert from 'node:assert/strict';
import test from 'node:test';
import type { Supply } from '@rsb/contract';
import { answersOf } from '../src/answers.ts';
import { type PrinterMibSuppliesOptions, printerMibSupplies } from '../src/blocks/printer-mib-supplies.ts';
import { Draft } from '../src/draft.ts';
import { COLORANT, type Short, type SupplyRow, supplyRows, varbinds } from './support/varbinds.ts';

function read(
  rows: readonly SupplyRow[],
  options?: PrinterMibSuppliesOptions,
  ...more: readonly (readonly [string, Short])[]
): readonly Supply[] {
  const draft = new Draft({ unit: 1, alone: true, address: '127.0.0.1', ownBrands: [], allBrands: [] });
  printerMibSupplies(options).read(answersOf(varbinds(...supplyRows(rows), ...more)), draft);
  return draft.supplies;
}

const one = (row: SupplyRow, options?: PrinterMibSuppliesOptions): Supply => {
  const [supply] = read([row], options);
  assert.ok(supply);
  return supply;
};

const KINDS: readonly (readonly [type: number | undefined, description: string, kind: string])[] = [
  [3, 'Black Toner', 'toner'],
  [21, 'Black Toner Cartridge', 'toner'],
  [5, 'Cyan Ink Supply Unit', 'ink'],
  [6, 'Black Ink Cartridge', 'ink'],
  [12, 'Solid ink stick', 'ink'],
  [7, 'Ribbon', 'ribbon'],
  [4, 'Waste Toner', 'waste'],
  [8, 'Maintenance Box', 'waste'],
  [undefined, 'Maintenance Box', 'waste'],
  [1, 'Waste Toner Box', 'waste'],
  [3, 'Waste Toner Box', 'waste'],
  [1, 'Bac de récupération de toner', 'waste'],
  [1, 'Collecteur de toner', 'waste'],
  [1, 'Réceptacle de toner usé', 'waste'],
  [1, 'Boîtier de maintenance', 'waste'],
  [1, 'Resttonerbehälter', 'waste'],
  [1, 'Tonersammelbehälter', 'waste'],
  [1, 'Wartungskasten', 'waste'],
  [1, 'メンテナンスボックス', 'waste'],
  [1, 'Unité de chauffe', 'fuser'],
  [1, '廃トナーボックス', 'waste'],
  [9, 'Drum Unit', 'drum'],
  [3, 'Drum Unit', 'drum'],
  [1, 'Imaging Unit', 'drum'],
  [1, 'Trommeleinheit', 'drum'],
  [1, 'Tambour noir', 'drum'],
  [10, 'Developer', 'developer'],
  [15, 'Fuser Unit', 'fuser'],
  [1, 'Fusing Unit', 'fuser'],
  [1, 'Fixiereinheit', 'fuser'],
  [20, 'Transfer Roller', 'transfer'],
  [1, 'Belt Unit', 'transfer'],
  [undefined, 'Second Bias Transfer Roll', 'transfer'],
  [1, 'Maintenance Kit', 'maintenance'],
  [15, 'Maintenance Kit', 'maintenance'],
  [1, 'Roller Kit', 'maintenance'],
  [1, 'ADF Roller', 'maintenance'],
  [1, 'Document Feeder Kit', 'maintenance'],
  [1, 'ADF Rubber Pad', 'maintenance'],
  [18, 'Cleaning unit', 'maintenance'],
  [32, 'Staple Cartridge', 'staples'],
  [1, 'Agrafes', 'staples'],
  [undefined, 'Cartridge 719', 'other'],
  [1, 'Glue', 'other'],
  [3, 'Toner and drum kit', 'toner'],
];

test('the kind: by the type column, unless the description plainly names another', async (t) => {
  for (const [type, description, kind] of KINDS) {
    await t.test(`${type ?? 'no type'}, "${description}" is ${kind}`, () => {
      assert.equal(one({ ...(type === undefined ? {} : { type }), description, level: 50, capacity: 100 }).type, kind);
    });
  }
  await t.test('a container that fills is waste where nothing says otherwise', () => {
    assert.equal(one({ type: 1, supplyClass: 4, description: 'Box', level: -3, capacity: -2 }).type, 'waste');
  });
  await t.test('a maker that sells only toner says what a cartridge is', () => {
    assert.equal(one({ description: 'Cartridge 719', level: 70, capacity: 100 }, { cartridge: 'toner' }).type, 'toner');
    assert.equal(one({ level: 70, capacity: 100 }, { cartridge: 'toner' }).type, 'other');
    assert.equal(one({ type: 1, description: 'Box 719', level: 70 }, { cartridge: 'toner' }).type, 'other');
  });
});

const COLORS: readonly (readonly [string, string | null])[] = [
  ['Black Toner', 'black'],
  ['Toner noir', 'black'],
  ['Toner schwarz', 'black'],
  ['Tóner negro', 'black'],
  ['Tonerkassette zwart', 'black'],
  ['Cyan Toner', 'cyan'],
  ['Ciano', 'cyan'],
  ['Toner (Magenta)', 'magenta'],
  ['Toner jaune', 'yellow'],
  ['Gelb', 'yellow'],
  ['Giallo', 'yellow'],
  ['イエロー トナー', 'yellow'],
  ['Photo Black Ink', 'photoBlack'],
  ['Matte Black Ink', 'matteBlack'],
  ['Light Cyan Ink', 'lightCyan'],
  ['Light Magenta Ink', 'lightMagenta'],
  ['Gray Ink', 'gray'],
  ['K', 'black'],
  ['Tri-color Ink', null],
  ['Gray/Photo Black', null],
  ['Matte Black & Photo Black', null],
  ['Black, Cyan', null],
];

test('the color is named in many languages', async (t) => {
  for (const [description, color] of COLORS) {
    await t.test(description, () => {
      const rows = [
        { type: 5, description },
        { type: 5, description: 'another ink' },
        { type: 5, description: 'a third ink' },
      ];
      assert.equal(read(rows)[0]?.color, color);
    });
  }
});

test('the color by colorant table goes before the description', () => {
  const [supply] = read([{ type: 3, description: 'TK-8527', colorant: 2 }], {}, [`${COLORANT}.1.2`, 'magenta']);
  assert.equal(supply?.color, 'magenta');
});

test('the last letter of a part number is a color only beside its siblings', () => {
  const set = ['C', 'M', 'Y', 'K'].map((letter) => ({ type: 3, description: `TK-8527${letter}` }));
  assert.deepEqual(
    read(set).map(({ color, partNumber }) => [color, partNumber]),
    [
      ['cyan', 'TK-8527C'],
      ['magenta', 'TK-8527M'],
      ['yellow', 'TK-8527Y'],
      ['black', 'TK-8527K'],
    ],
  );
  const alone = [
    { type: 3, description: 'TK-8527C' },
    { type: 3, description: 'TK-1162' },
  ];
  assert.deepEqual(
    read(alone).map(({ color }) => color),
    [null, null],
  );
});

test('the only toner of a machine is black; drums, boxes and tri-color inks have no color of their own', () => {
  assert.equal(one({ type: 3, description: 'PK-3010S', level: 5340, capacity: 6000 }).color, 'black');
  assert.equal(one({ type: 9, description: 'Drum Unit' }).color, null);
  assert.equal(one({ type: 5, description: 'Tri-color Ink Cartridge' }).color, null);
  assert.equal(one({ type: 4, description: 'Black Waste Toner' }).color, null);
  assert.equal(one({ type: 9, description: 'Black Drum Unit' }).color, 'black');
});

const LEVELS: readonly (readonly [SupplyRow, number | null, string])[] = [
  [{ level: 5340, capacity: 6000 }, 89, 'ok'],
  [{ level: 40, capacity: 100 }, 40, 'ok'],
  [{ level: 10, capacity: 100 }, 10, 'low'],
  [{ level: 0, capacity: 100 }, 0, 'empty'],
  [{ level: 15_000, capacity: 10_000 }, 100, 'ok'],
  [{ level: -3, capacity: -2 }, null, 'someRemaining'],
  [{ level: -2, capacity: -2 }, null, 'unknown'],
  [{ level: -1, capacity: -1 }, null, 'unknown'],
  [{ level: -3, capacity: 100 }, null, 'someRemaining'],
  [{ capacity: 6000 }, null, 'unknown'],
  [{ level: 80, capacity: -2, unit: 19 }, 80, 'ok'],
  [{ level: 80, capacity: -2, unit: 7 }, null, 'unknown'],
  [{ level: 0, capacity: -2 }, null, 'unknown'],
  [{ level: 8000, capacity: -2, unit: 19 }, null, 'unknown'],
  [{ level: 50, capacity: 0 }, null, 'unknown'],
  [{ level: 120, capacity: 100, unit: 19 }, 100, 'ok'],
  [{ level: 143_066, capacity: 100, unit: 19 }, null, 'unknown'],
];

test('percent and state', async (t) => {
  for (const [row, percent, state] of LEVELS) {
    await t.test(JSON.stringify(row), () => {
      const supply = one({ type: 3, description: 'Black Toner', ...row });
      assert.deepEqual([supply.percent, supply.state], [percent, state]);
      assert.ok(supply.level === null || supply.level >= 0, 'a state is never shown as a level');
    });
  }
  await t.test('waste counts the space left', () => {
    const box = (level: number) => one({ type: 4, description: 'Waste Toner', level, capacity: 100 }).state;
    assert.deepEqual([box(100), box(5), box(0)], ['ok', 'low', 'full']);
  });
  await t.test('the code of a maker', () => {
    const { percent, state } = one({ type: 3, level: -100, capacity: 100 }, { nearEnd: -100 });
    assert.deepEqual([percent, state], [null, 'low']);
    assert.equal(one({ type: 3, level: -100, capacity: 100 }).state, 'unknown');
  });
});

const DESCRIPTIONS: readonly (readonly [string, string, string | null, string | null])[] = [
  ['Black Toner, PN 006R01509;SN48178080E0000481', 'Black Toner', '006R01509', '48178080E0000481'],
  ['Fuser, PN unknown;SNunknown', 'Fuser', null, null],
  ['Black Toner Cartridge S/N:CRUM-12345', 'Black Toner Cartridge', null, 'CRUM-12345'],
  ['Black Toner Cartridge S/N:CRUM-', 'Black Toner Cartridge', null, null],
  ['Fuser S/N:', 'Fuser', null, null],
  ['TK-1162', 'TK-1162', 'TK-1162', null],
  ['Toner SNOW', 'Toner SNOW', null, null],
];

test('part and serial numbers stand in descriptions', async (t) => {
  for (const [text, description, partNumber, serialNumber] of DESCRIPTIONS) {
    await t.test(text, () => {
      const supply = one({ type: 3, description: text });
      assert.deepEqual(
        [supply.description, supply.partNumber, supply.serialNumber],
        [description, partNumber, serialNumber],
      );
    });
  }
});

test('sparse indexes, rows without a type, and instances without the device index are all read', () => {
  const rows = varbinds(
    ['1.3.6.1.2.1.43.11.1.1.6.1.2', 'Yellow Toner'],
    ['1.3.6.1.2.1.43.11.1.1.9.1.30', 100],
    ['1.3.6.1.2.1.43.11.1.1.8.7', 100],
  );
  const draft = new Draft({ unit: 1, alone: true, address: '127.0.0.1', ownBrands: [], allBrands: [] });
  printerMibSupplies().read(answersOf(rows), draft);
  assert.deepEqual(
    draft.supplies.map(({ index }) => index),
    ['1.2', '1.30', '1.7'],
  );
});
