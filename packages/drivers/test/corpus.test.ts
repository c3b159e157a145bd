/** What holds for every driver, whoever wrote it. */
import assert from 'node:assert/strict';
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import test from 'node:test';
import { PARTS } from '@rsb/contract';
import { instanceOf, isWithin, oid, parseOid } from '@rsb/snmp/oid';
import { compareRank, matching } from '../src/identify/match.ts';
import {
  allowedObjects,
  captureObjects,
  DRIVERS,
  type DriverDefinition,
  IDENTIFYING,
  type Match,
  objectsOf,
  planFor,
} from '../src/index.ts';
import { BRANDS, GENERIC } from '../src/registry.ts';

const SRC = resolve(import.meta.dirname, '../src');

test('the registry lists every vendor folder, by its name', () => {
  const folders = readdirSync(join(SRC, 'vendors'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  assert.ok(folders.length > 1);
  assert.deepEqual(DRIVERS.map(({ name }) => name).sort(), folders.sort());
  assert.deepEqual(
    DRIVERS.filter(({ generic }) => generic === true),
    [GENERIC],
  );
});

test('no two drivers match with equal right', () => {
  const all = DRIVERS.flatMap((driver) => driver.match.map((match) => ({ driver: driver.name, match })));
  const key = (match: Match) => `${match.sysObjectId ?? ''} ${match.sysDescr?.source ?? ''}`;
  assert.equal(new Set(all.map(({ match }) => key(match))).size, all.length, 'a match stands twice');
  for (const { driver, match } of all) {
    assert.ok(match.sysObjectId !== undefined || match.sysDescr !== undefined, `${driver} has a match that fits all`);
    const rivals = all.filter(
      (other) =>
        other.driver !== driver && match.sysObjectId !== undefined && other.match.sysObjectId === match.sysObjectId,
    );
    for (const rival of rivals)
      assert.notEqual(compareRank(match, rival.match), 0, `${driver} ties with ${rival.driver}`);
  }
});

test('descriptions that only one maker writes fit only its driver', () => {
  const descriptions = [
    'KYOCERA Document Solutions Printing System',
    'TA_UTAX Printing System',
    'RICOH Aficio MP C3002 2.20 / RICOH Network Printer C model / RICOH Network Scanner C model',
    'LANIER MP C3501/LD635C 2.01 / LANIER Network Printer C model',
    'Brother NC-8700w, Firmware Ver.Y  ,MID 84E-822',
    'Canon iR-ADV C5235 /P',
    'EPSON Built-in 11b/g/n & 10/100 Print Server',
    'HP ETHERNET MULTI-ENVIRONMENT,ROM none,JETDIRECT',
    'KONICA MINOLTA bizhub C250i',
    'Lexmark T640 version NS.NP.N219 kernel 2.6.6 All-N-1',
    'OKI OkiLAN 9450g Rev.00.69',
    'Samsung CLX-3170 Series;V1.00.01.64',
    'SHARP MX-2614N',
    'TOSHIBA e-STUDIO2505AC',
    'FUJI XEROX ApeosPort-VI C4471;ESS1.0.217',
    'ZebraNet Wired PS',
  ];
  for (const description of descriptions) {
    const drivers = new Set(matching(DRIVERS, null, description).map(({ driver }) => driver.name));
    assert.equal(drivers.size, 1, `${description}: ${[...drivers].join(', ')}`);
  }
});

/** Enterprises that no maker owns for itself: the standards' tables of PWG, and the 1284 id that everybody emulates. */
const SHARED = ['1.3.6.1.2.1', '1.3.6.1.4.1.2699', '1.3.6.1.4.1.11.2.3.9.1.1.7'].map(oid);

function ownEnterprises(driver: DriverDefinition): ReadonlySet<string> {
  const matched = driver.match.flatMap(({ sysObjectId }) => sysObjectId?.split('.')[6] ?? []);
  return new Set([...matched, ...(driver.borrows ?? []).map(({ enterprise }) => String(enterprise))]);
}

test('a driver asks the standards, its own enterprise, and what it says to borrow', () => {
  let asked = 0;
  for (const driver of DRIVERS) {
    const own = ownEnterprises(driver);
    for (const object of objectsOf(driver)) {
      asked += 1;
      assert.equal(parseOid(object.oid), object.oid);
      const shared = SHARED.some((base) => isWithin(base, object.oid));
      assert.ok(shared || own.has(object.oid.split('.')[6] ?? ''), `${driver.name} asks ${object.name} ${object.oid}`);
      assert.ok(PARTS.includes(object.part));
      for (const text of [object.name, object.purpose, object.source]) assert.ok(text.length > 0, object.oid);
      for (const instance of object.instances ?? []) assert.match(instance, /^\d+(\.\d+)*$/, object.oid);
    }
  }
  assert.ok(asked > 100);
});

test('every driver has captures or says why not, and a name that its folder has', () => {
  for (const { name, version, verified, brands, generic } of DRIVERS) {
    assert.match(name, /^[a-z]+$/);
    assert.ok(Number.isInteger(version) && version > 0, name);
    if ('captures' in verified) assert.ok(verified.captures.length > 0, name);
    else assert.ok(verified.unverified.length > 0, name);
    assert.equal(brands.length === 0, generic === true, `${name} names its brands`);
  }
});

test('a brand belongs to one driver, and its own name says it', () => {
  assert.equal(new Set(BRANDS.map(({ name }) => name)).size, BRANDS.length);
  for (const { name, says } of BRANDS) {
    assert.ok(says.test(name), name);
    assert.ok(!says.global && !says.sticky, `${name}: a pattern with a memory of its last match`);
  }
});

test('every plan stays small, and asks each object once', () => {
  for (const driver of DRIVERS) {
    const { get, walk } = planFor(driver, PARTS);
    assert.equal(new Set([...get, ...walk]).size, get.length + walk.length, driver.name);
    for (const name of get)
      assert.ok(!walk.some((column) => instanceOf(column, name) !== undefined), `${driver.name} ${name}`);
    assert.ok(walk.length <= 60, `${driver.name} walks ${walk.length} columns`);
    assert.ok(get.length <= 200, `${driver.name} gets ${get.length} objects`);
    for (const part of PARTS) {
      const alone = planFor(driver, [part]);
      assert.ok(alone.get.length + alone.walk.length > 0, `${driver.name} asks nothing for ${part}`);
    }
  }
});

/** People, documents, jobs, software, neighbours and passwords are nobody's business here. */
const FORBIDDEN = [
  '1.3.6.1.2.1.1.4',
  '1.3.6.1.2.1.3.1',
  '1.3.6.1.2.1.4.22',
  '1.3.6.1.2.1.6',
  '1.3.6.1.2.1.7',
  '1.3.6.1.2.1.25.4',
  '1.3.6.1.2.1.25.5',
  '1.3.6.1.2.1.25.6',
  '1.3.6.1.2.1.43.5.1.1.4',
  '1.3.6.1.2.1.43.5.1.1.5',
  '1.3.6.1.2.1.43.5.1.1.6',
  '1.3.6.1.2.1.43.16',
  '1.3.6.1.4.1.2699.1.1',
  '1.3.6.1.4.1.2699.1.2.1.2.1.1.7',
  '1.3.6.1.4.1.11.2.3.9.1.1.3',
  '1.3.6.1.4.1.11.2.3.9.4.2.1.1.6.5',
  '1.3.6.1.4.1.11.2.3.9.4.2.1.1.6.7',
  '1.3.6.1.4.1.1347.43.18.2',
  '1.3.6.1.4.1.1347.47',
  '1.3.6.1.4.1.2435.2.3.9.4.2.1.5.4.5',
  '1.3.6.1.4.1.683.6.2.6',
].map(oid);

test('the allow-list holds what is asked and nothing that is forbidden', () => {
  const allowed = allowedObjects();
  const captured = captureObjects();
  assert.ok(captured.length > 0);
  for (const list of [allowed, captured]) assert.equal(new Set(list).size, list.length);
  for (const object of captured)
    assert.ok(!allowed.some((entry) => isWithin(entry, object)), `${object} is for captures, and read all the same`);
  for (const object of [...allowed, ...captured]) {
    const bad = FORBIDDEN.find((base) => isWithin(base, object) || isWithin(object, base));
    assert.equal(bad, undefined, `${object} touches ${bad}`);
  }
  for (const name of IDENTIFYING)
    assert.ok(
      allowed.some((object) => isWithin(object, name)),
      name,
    );
  for (const driver of DRIVERS) {
    const { get, walk } = planFor(driver, PARTS);
    for (const name of [...get, ...walk])
      assert.ok(
        allowed.some((object) => isWithin(object, name)),
        name,
      );
  }
});

test('no file of the core names a maker', () => {
  const files = globSync('{*,identify/*,plan/*,interpret/*,blocks/*}.ts', { cwd: SRC }).filter(
    (file) => file !== 'registry.ts',
  );
  assert.ok(files.length > 20);
  for (const file of files) {
    const text = readFileSync(join(SRC, file), 'utf8')
      // Charsets are named after makers too.
      .replaceAll('hp-roman8', 'roman8')
      .replace(/\bibm_?(?=\d)/gi, 'cp');
    for (const { name } of BRANDS) {
      assert.doesNotMatch(
        text,
        new RegExp(`(?<![a-z])${name}(?![a-z(])`, name.length > 3 ? 'i' : ''),
        `${file} names ${name}`,
      );
    }
  }
});
