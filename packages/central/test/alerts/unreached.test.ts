/** Networks that a box does not reach, in alerts on both engines: told once for the box, or with each machine's own silence. */
import assert from 'node:assert/strict';
import type { AlertPage, AlertPreview, AlertRule, AlertRules, CentralAlert } from '@rsb/contract';
import { causeWords } from '@rsb/messages/alert-words';
import { DEFAULT_RULES } from '../../src/alerts/rule-set.ts';
import { item } from '../box-peer.ts';
import { type EngineForTest, overEngines } from '../engines.ts';
import { sentReading } from '../sample-items.ts';
import { settle } from './settle.ts';

const HOUR = 3_600_000;
const NETWORK = '192.168.10.0/24';
const ALIAS = 'range-0123456789abcdef01234567';
const RULE = 'machine-silent';

async function newSite(engine: EngineForTest, name: string) {
  const central = await engine.central();
  const customer = await central.newCustomer(name);
  const box = await central.newBox(customer);
  const now = central.central.work.clock.now();
  const ago = (hours: number) => new Date(now - hours * HOUR).toISOString().replace(/\.\d+Z$/, 'Z');
  let seq = 0;
  const report = async (kind: 'reading' | 'boxState', at: string, body: object) => {
    seq += 1;
    await box.report([item({ seq, kind, at, body })]);
  };
  return {
    central,
    customer,
    box,
    ago,
    read: (serialNumber: string, address: string | null, hours: number) =>
      report(
        'reading',
        ago(hours),
        sentReading(
          { address, takenAt: ago(hours), identity: { serialNumber, macAddress: null, hostName: serialNumber } },
          `Ricoh:${serialNumber}`,
        ),
      ),
    lost: async (range: string | null, hours = 49) => {
      const told = { version: '0.2.0', node: '26.10.0', zone: 'Europe/Paris', clock: ago(0) };
      const unreached = range === null ? [] : [{ range, reason: 'noWay', since: ago(hours) }];
      const body = { ...told, storageFreeBytes: null, waiting: 0, quarantined: 0, load: [], unreached };
      await report('boxState', ago(0), body);
      await settle(central);
    },
    async silences() {
      const { body } = await central.person.call('GET', `/api/v1/alerts?customer=${customer}&rule=${RULE}&status=live`);
      return new Map((body as AlertPage).alerts.map((alert) => [alert.device === null ? 'box' : alert.label, alert]));
    },
    async saveRules(rules: readonly AlertRule[]) {
      const { revision } = (await central.person.call('GET', '/api/v1/alerts/rules')).body as AlertRules;
      const saved = await central.person.call(
        'PUT',
        '/api/v1/alerts/rules',
        { rules },
        { 'if-match': `"${revision}"` },
      );
      assert.equal(saved.status, 200, JSON.stringify(saved.body));
      await settle(central);
    },
  };
}

const causesOf = (alert: CentralAlert | undefined) => alert?.causes;

overEngines((test) => {
  test('a network that is lost is one alert of its box; a machine that is silent by itself keeps its own', async (engine) => {
    const site = await newSite(engine, 'Lost network');
    await site.read('IN1', '192.168.10.5', 50);
    await site.read('IN2', '192.168.10.6', 49.5);
    await site.read('BEFORE', '192.168.10.7', 100);
    await site.read('ELSEWHERE', '10.0.0.9', 50);
    await site.lost(NETWORK);
    const told = await site.silences();
    assert.deepEqual([...told.keys()].sort(), ['BEFORE', 'ELSEWHERE', 'box']);
    const since = site.ago(49);
    assert.deepEqual(causesOf(told.get('box')), [{ kind: 'unreached', range: NETWORK, reason: 'noWay', since }]);
    assert.deepEqual(causesOf(told.get('ELSEWHERE')), [{ kind: 'silentMachine', since: site.ago(50) }]);
    const unreached = { range: NETWORK, reason: 'noWay', since, certain: true };
    assert.deepEqual(causesOf(told.get('BEFORE')), [{ kind: 'silentMachine', since: site.ago(100), unreached }]);

    const rule = DEFAULT_RULES.find(({ id }) => id === RULE) as AlertRule;
    const asked = { ...rule, scope: { ...rule.scope, customers: [site.customer] } };
    const look = async (of: AlertRule) =>
      (await site.central.person.call('POST', '/api/v1/alerts/rules/preview', { rule: of })).body as AlertPreview;
    const { wouldOpen, examined, total, next } = await look(asked);
    assert.deepEqual([wouldOpen, examined, total, next], [3, 4, 4, null]);
    assert.equal((await look({ ...asked, group: 'machine' })).wouldOpen, 4);

    await site.saveRules(DEFAULT_RULES.map((each) => (each.id === RULE ? { ...each, group: 'machine' } : each)));
    const each = await site.silences();
    assert.deepEqual([...each.keys()].sort(), ['BEFORE', 'ELSEWHERE', 'IN1', 'IN2']);
    assert.deepEqual(causesOf(each.get('IN1')), [{ kind: 'silentMachine', since: site.ago(50), unreached }]);
    await site.saveRules(DEFAULT_RULES);

    // The network is back, two machines are not.
    await site.lost(null);
    const after = await site.silences();
    assert.deepEqual([...after.keys()].sort(), ['BEFORE', 'ELSEWHERE', 'IN1', 'IN2']);
    assert.deepEqual(causesOf(after.get('IN1')), [{ kind: 'silentMachine', since: site.ago(50) }]);
  });

  test('where addresses are withheld a network is lost without a name and without a count', async (engine) => {
    const site = await newSite(engine, 'Withheld');
    await site.read('MAYBE', null, 50);
    await site.read('SINCE', null, 48.5);
    await site.lost(ALIAS);
    const told = await site.silences();
    assert.deepEqual([...told.keys()].sort(), ['SINCE', 'box']);
    const [cause] = causesOf(told.get('box')) ?? [];
    assert.deepEqual(cause, { kind: 'unreached', range: null, reason: 'noWay', since: site.ago(49) });
    assert.ok(cause);
    const words = (locale: 'en' | 'fr' | 'de') => causeWords(cause, locale, () => '1/2');
    assert.deepEqual(
      [words('en'), words('fr'), words('de')],
      [
        'A network of this customer has not been reached since 1/2: the box has no way there',
        'Un réseau de ce client est injoignable depuis 1/2\u00a0: la box n’y a pas de chemin',
        'Ein Netz dieses Kunden wird seit 1/2 nicht erreicht: die Box hat keinen Weg dorthin',
      ],
    );
  });
});
