/** What central has for this box: expected machines, notes on known ones, proposals, and commands that may be carried out. */
import {
  type CommandTargets,
  commandRunner,
  createAsker,
  createExpected,
  createProposals,
} from '../proposals/index.ts';
import type { Devices } from '../store/devices.ts';
import type { BoxService } from './box-service.ts';
import type { CentralLink } from './central-link.ts';
import type { DeviceNotes } from './device-notes.ts';
import type { Feed } from './feed.ts';
import type { ServiceDeps } from './service-deps.ts';

export interface FromCentral {
  readonly proposals: BoxService['proposals'];
  readonly expected: BoxService['expected'];
  /** A report has just arrived: a good moment to ask. */
  poke(): void;
  start(): void;
  stop(): Promise<void>;
}

type Given = Pick<
  ServiceDeps,
  'db' | 'facts' | 'vault' | 'settings' | 'changeLog' | 'outbox' | 'clock' | 'random' | 'log' | 'nameAtCentral'
>;

export interface FromCentralDeps extends Given {
  readonly link: Pick<CentralLink, 'way' | 'saveNames'>;
  readonly devices: Devices;
  readonly notes: DeviceNotes;
  readonly feed: Feed;
  readonly targets: Omit<CommandTargets, 'deviceNamed'>;
  readonly onStored: () => void;
}

export function createFromCentral(deps: FromCentralDeps): FromCentral {
  const { facts, clock, random, log, link, devices, notes, feed, targets, onStored } = deps;
  const expected = createExpected({ facts, devices });
  const run = commandRunner({
    ...targets,
    deviceNamed: (name) =>
      devices.find(name) ? name : (devices.all().find(({ id }) => deps.nameAtCentral(id) === name)?.id ?? name),
  });
  const proposals = createProposals({ ...deps, run, onChange: onStored });
  const asker = createAsker({
    way: link.way,
    expected: expected.digest,
    clock,
    random,
    log,
    take(answer, unsealer, agent) {
      link.saveNames(answer);
      if (answer.expected) expected.save(answer.expected);
      const patched = notes.takeFromCentral(answer.notes);
      for (const { id } of patched) feed.publish({ kind: 'device', id });
      proposals.take(answer, unsealer, agent);
    },
  });
  return {
    proposals: {
      list: proposals.list,
      answer: proposals.answer,
      async ask() {
        await asker.askNow();
        return proposals.list();
      },
    },
    expected: expected.view,
    poke: asker.poke,
    start() {
      proposals.start();
      asker.start();
    },
    async stop() {
      await asker.stop();
      await proposals.stop();
    },
  };
}
