/**
 * A capture of one machine that the box knows, as central may ask for it: redacted as `rsb capture` does, without what the
 * customer withholds, asking nothing that he does not want asked, and small enough for one report.
 */
import { isIP } from 'node:net';
import { type Fault, fault, groupsNotRead, MOST_CAPTURE_BYTES, PARTS, type ProposalResult } from '@rsb/contract';
import {
  answersOf,
  DRIVERS,
  groupOf,
  IDENTIFYING_OBJECTS,
  interpretInDetail,
  objectsOf,
  withoutGroups,
} from '@rsb/drivers';
import { type Clock, failure, isoInstant, type Log, type Outcome, type Random, success } from '@rsb/runtime';
import { type Credential, compareOid, type Oid, type SnmpEngine, type Varbind } from '@rsb/snmp';
import { attemptsOf, codeOf, identifyDevice, LONG_PATIENCE } from '../read/index.ts';
import type { Settings } from '../settings/index.ts';
import { askAll } from './ask-all.ts';
import { redactCarefully } from './redact-carefully.ts';
import { encodeSnmprec } from './snmprec.ts';
import { type WithheldWords, withoutWithheld } from './without-withheld.ts';

/** A machine of this box, and where its answers may be asked for. */
export interface CaptureTarget extends WithheldWords {
  readonly address: string;
  readonly port: number;
  readonly serialNumber: string | null;
  /** Of its range, in order. */
  readonly credentials: readonly Credential[];
}

export interface MachineCapture {
  /** One at a time: each asks a machine more than a day of reading does. */
  capture(address: string): Promise<Outcome<Captured, Fault>>;
  /** Resolves when nothing more is sent. */
  stop(): Promise<void>;
}

export interface Captured {
  readonly detail: ProposalResult['detail'];
  readonly capture: string;
}

export interface MachineCaptureDeps {
  readonly snmp: SnmpEngine;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Only a printer that is known at the address, monitored, inside a range that is on. */
  readonly target: (address: string) => Outcome<CaptureTarget, Fault>;
}

/** The largest captures of colour machines take some 900 requests. */
const ALLOWANCE = { requests: 2000, waiting: 300_000 };
const KEY_BYTES = 32;

export function createMachineCapture(deps: MachineCaptureDeps): MachineCapture {
  const { snmp, settings, clock, random, log, target } = deps;
  const ending = new AbortController();
  let last: Promise<unknown> = Promise.resolve();

  const run = async (address: string): Promise<Outcome<Captured, Fault>> => {
    const found = isIP(address) === 0 ? failure(fault('addressOutside', { address }, '/address')) : target(address);
    if (!found.ok) return found;
    const { port, credentials } = found.value;
    const notRead = groupsNotRead(settings.document.whatToRead);
    const allowance = { ...ALLOWANCE };
    const { signal } = ending;
    const attempts = attemptsOf(credentials, LONG_PATIENCE, undefined);
    const who = await identifyDevice(snmp, { address, port, notRead }, attempts, signal, allowance);
    if (who.kind === 'notPrinter') return failure(fault(who.why, { address }));
    if (who.kind === 'silent') return failure(fault('noAnswer', { address }));
    if (who.kind === 'refused') return failure(fault(codeOf(who.failure), { address }));
    const objects = objectsWithout(notRead);
    const credential = who.attempt.credential;
    const { varbinds, unfinished } = await askAll(snmp, {
      target: { address, port, credential },
      objects,
      patience: LONG_PATIENCE,
      signal,
      told: who.gathered.varbinds,
      allowance,
      mostBytes: MOST_CAPTURE_BYTES,
    });
    if (signal.aborted) return failure(fault('noAnswer', { address }));
    // Before the work of redacting: a hostile machine costs no more than its packets.
    if (isTooLarge(encodeSnmprec(varbinds))) return failure(tooLarge());
    const driver = withoutGroups(who.driver, notRead);
    const takenAt = isoInstant(clock.now());
    const interpret = (answered: readonly Varbind[]) =>
      interpretInDetail({
        driver,
        answers: answersOf(answered, { asked: objects }),
        asked: PARTS,
        address,
        port,
        takenAt,
      });
    if (!interpret(varbinds).some(({ reading }) => isSameMachine(reading.identity?.serialNumber, found.value))) {
      return failure(fault('noAnswer', { address }));
    }
    const redacted = redactCarefully(varbinds, interpret, { address, key: random.bytes(KEY_BYTES) }, (answered) =>
      withoutWithheld(answered, settings.document.withhold, found.value),
    );
    const text = encodeSnmprec(redacted.varbinds);
    if (isTooLarge(text)) return failure(tooLarge());
    const detail = {
      values: redacted.varbinds.length,
      objects: objects.length,
      unfinished: unfinished.length,
      driver: who.driver.name,
      readsTheSame: redacted.same ? 1 : 0,
    };
    log.info('captured for central', { address, ...detail });
    return success({ detail, capture: text });
  };

  return {
    capture(address) {
      const work = last.then(() => {
        if (ending.signal.aborted) return failure(fault('noAnswer', { address }));
        return run(address.trim());
      });
      last = work.catch(() => undefined);
      return work;
    },
    async stop() {
      ending.abort(new Error('the box stops'));
      await last;
    },
  };
}

/** Another machine may have taken the address; one that tells no serial number is taken at its address. */
const isSameMachine = (told: string | null | undefined, { serialNumber }: CaptureTarget): boolean =>
  !told || serialNumber === null || told === serialNumber;

/** As it travels, inside the JSON of a report. */
const isTooLarge = (text: string): boolean => Buffer.byteLength(JSON.stringify(text)) > MOST_CAPTURE_BYTES;
const tooLarge = (): Fault => fault('captureTooLarge', { most: MOST_CAPTURE_BYTES });

function objectsWithout(notRead: ReturnType<typeof groupsNotRead>): readonly Oid[] {
  const identifying = IDENTIFYING_OBJECTS.filter((object) => {
    const group = groupOf(object);
    return group === null || !notRead.includes(group);
  });
  const asked = [...identifying, ...DRIVERS.flatMap((driver) => objectsOf(withoutGroups(driver, notRead)))];
  return [...new Set(asked.map(({ oid }) => oid))].sort(compareOid);
}
