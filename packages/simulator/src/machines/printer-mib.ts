/** Host-Resources and Printer-MIB tables of one machine as it stands (RFC 2790, RFC 3805). */
import { canary } from '../canary.ts';
import type { MibObject } from '../mib.ts';
import { counter32, integer, latin1, octets, row, scalar, text, ticks } from '../values.ts';
import { type Color, lifeOf, type MachineFacts, type MachineState, type Tray, type TroubleKind } from './state.ts';
import { alertOf, detectedErrorState, deviceStatus, isCritical, printerStatus } from './trouble.ts';

const PRINTER = '1.3.6.1.2.1.43';
const HOST = '1.3.6.1.2.1.25';

/** A machine's text as it stores it: its charset is told by prtLocalizationCharacterSet. */
export const localText = (facts: MachineFacts, value: string) =>
  facts.charset === 'utf-8' ? text(value) : latin1(value);

export interface SupplyRow {
  readonly row: number;
  /** 0 where the supply has no color; else the row of the colorant table. */
  readonly colorant: number;
  /** PrtMarkerSuppliesClassTC: 3 consumed, 4 filled. */
  readonly receptacle: boolean;
  /** PrtMarkerSuppliesTypeTC: 3 toner, 4 wasteToner. */
  readonly type: 3 | 4;
  readonly description: string;
  /** PrtMarkerSuppliesSupplyUnitTC: 7 impressions, 19 percent. */
  readonly unit: 7 | 19;
  readonly capacity: number;
  readonly level: number;
}

export interface PrinterTables {
  readonly facts: MachineFacts;
  readonly state: MachineState;
  /** Memory in kilobytes. */
  readonly memory: number;
  readonly covers: readonly string[];
  readonly outputs: readonly { readonly name: string; readonly capacity: number }[];
  /** prtMarkerCounterUnit: 7 impressions, 8 sheets. */
  readonly counterUnit: 7 | 8;
  readonly resolution: number;
  readonly supplies: readonly SupplyRow[];
  readonly inputLevel: (tray: Tray) => number;
  /** What the machine writes beside an alert; many write nothing. */
  readonly alertText: (kind: TroubleKind, index: number) => string;
  /** Rows that stay without being a fault, with the maker's own habits. */
  readonly standingAlerts: readonly StandingAlert[];
}

export interface StandingAlert {
  readonly index: number;
  readonly severity: number;
  readonly training: number;
  readonly group: number;
  readonly code: number;
  readonly at: number;
}

export function printerTables(machine: PrinterTables): MibObject[] {
  return [
    ...hostStatus(machine),
    ...general(machine),
    ...covers(machine),
    ...localization(machine.facts),
    ...inputs(machine),
    ...outputs(machine),
    ...marker(machine),
    ...supplies(machine),
    ...panel(machine),
    ...alerts(machine),
  ];
}

function hostStatus({ facts, state, memory }: PrinterTables): MibObject[] {
  return [
    scalar(`${HOST}.2.2`, integer(memory)),
    ...row(`${HOST}.3.5.1`, 1, {
      1: integer(printerStatus(state, facts.tellsSleep)),
      2: octets(...detectedErrorState(state)),
    }),
  ];
}

/** The first hrDevice row, the printer itself, has this status. */
export const printerDeviceStatus = (state: MachineState): number => deviceStatus(state);

function general({ facts, state }: PrinterTables): MibObject[] {
  return [
    ...row(`${PRINTER}.5.1.1`, 1, {
      1: counter32(0),
      2: integer(1),
      3: integer(3),
      4: text(canary('operator', facts.name)),
      5: text(canary('service', facts.name)),
      6: integer(2),
      7: integer(1),
      8: integer(1),
      9: integer(1),
      10: integer(1),
      11: integer(1),
      12: integer(80),
      13: integer(3),
      14: integer(5),
      15: integer(5),
      16: localText(facts, facts.model),
      17: text(facts.serialNumber),
      18: counter32(state.criticalEvents),
      19: counter32(state.allEvents),
    }),
  ];
}

/** prtCoverStatus: 3 open, 4 closed. */
function covers({ covers: names, state }: PrinterTables): MibObject[] {
  return names.flatMap((name, position) =>
    row(`${PRINTER}.6.1.1`, `1.${position + 1}`, {
      2: text(name),
      3: integer(state.events.has(`coverOpen:${position + 1}`) ? 3 : 4),
    }),
  );
}

/** IANA charsets: 4 is ISO 8859-1, 106 is UTF-8. */
function localization(facts: MachineFacts): MibObject[] {
  const charset = integer(facts.charset === 'utf-8' ? 106 : 4);
  const languages = [
    ['fr', 'FR'],
    ['en', 'US'],
    ['de', 'DE'],
  ] as const;
  return languages.flatMap(([language, country], position) =>
    row(`${PRINTER}.7.1.1`, `1.${position + 1}`, { 2: text(language), 3: text(country), 4: charset }),
  );
}

function inputs({ facts, state, inputLevel }: PrinterTables): MibObject[] {
  return state.trays.flatMap((tray, position) => {
    const trouble = state.troubles.find(
      ({ kind, index }) => index === position + 1 && (kind === 'paperLow' || kind === 'paperEmpty'),
    );
    return row(`${PRINTER}.8.2.1`, `1.${position + 1}`, {
      // prtInputType: 5 bypass, 4 removable bin.
      2: integer(tray.bypass ? 5 : 4),
      3: integer(4),
      4: integer(297_000),
      5: integer(210_000),
      8: integer(8),
      9: integer(tray.capacity),
      10: integer(inputLevel(tray)),
      // PrtSubUnitStatusTC: 8 a warning, 17 unavailable and critical, 0 idle.
      11: integer(trouble === undefined ? 0 : trouble.kind === 'paperLow' ? 8 : 17),
      12: text('PLAIN'),
      13: localText(facts, tray.name),
      18: localText(facts, tray.name),
    });
  });
}

function outputs({ outputs: list }: PrinterTables): MibObject[] {
  return list.flatMap(({ name, capacity }, position) =>
    row(`${PRINTER}.9.2.1`, `1.${position + 1}`, {
      2: integer(3),
      3: integer(8),
      4: integer(capacity),
      5: integer(-2),
      6: integer(0),
      7: text(name),
      12: text(name),
    }),
  );
}

function marker({ state, counterUnit, resolution }: PrinterTables): MibObject[] {
  const colors = state.toner.length;
  return [
    ...row(`${PRINTER}.10.2.1`, '1.1', {
      2: integer(4),
      3: integer(counterUnit),
      4: counter32(lifeOf(state)),
      5: counter32(state.pagesSincePowerOn),
      6: integer(colors),
      7: integer(0),
      8: integer(3),
      9: integer(resolution),
      10: integer(resolution),
      15: integer(state.phase === 'printing' ? 4 : 2),
    }),
  ];
}

function supplies({ facts, state, supplies: rows }: PrinterTables): MibObject[] {
  return [
    ...rows.flatMap((supply) =>
      row(`${PRINTER}.11.1.1`, `1.${supply.row}`, {
        2: integer(1),
        3: integer(supply.colorant),
        4: integer(supply.receptacle ? 4 : 3),
        5: integer(supply.type),
        6: localText(facts, supply.description),
        7: integer(supply.unit),
        8: integer(supply.capacity),
        9: integer(supply.level),
      }),
    ),
    ...state.toner.flatMap(({ color }: { color: Color }, position) =>
      row(`${PRINTER}.12.1.1`, `1.${position + 1}`, { 2: integer(1), 3: integer(3), 4: text(color), 5: integer(2) }),
    ),
  ];
}

/** The panel's text: nobody's business but the person's who stands there, so no reader may ask for it. */
function panel({ facts }: PrinterTables): MibObject[] {
  return [...row(`${PRINTER}.16.5.1`, '1.1', { 2: text(canary('panel', facts.name)) })];
}

function alerts({ state, alertText, standingAlerts }: PrinterTables): MibObject[] {
  const table = `${PRINTER}.18.1.1`;
  return [
    ...standingAlerts.flatMap((alert) =>
      row(table, `1.${alert.index}`, {
        2: integer(alert.severity),
        3: integer(alert.training),
        4: integer(alert.group),
        5: integer(1),
        6: integer(0),
        7: integer(alert.code),
        8: text(''),
        9: ticks(alert.at),
      }),
    ),
    ...state.troubles.flatMap((trouble) => {
      const { group, code, training } = alertOf(trouble.kind);
      return row(table, `1.${trouble.alert}`, {
        // PrtAlertSeverityLevelTC: 3 critical, 4 warning (which goes away by itself once mended).
        2: integer(isCritical(trouble.kind) ? 3 : 4),
        3: integer(training),
        4: integer(group),
        5: integer(trouble.index),
        6: integer(0),
        7: integer(code),
        8: text(alertText(trouble.kind, trouble.index)),
        9: ticks(trouble.since),
      });
    }),
  ];
}

/** jmAttributeTable of the Job-Monitoring-MIB: owner and document of a job. No reader of printers may ask for it. */
export function jobTable(facts: MachineFacts): MibObject[] {
  const attribute = '1.3.6.1.4.1.2699.1.1.1.4.1.1';
  return [
    ...row(attribute, '1.1.20.1', { 4: text(canary('jobname', facts.name)) }),
    ...row(attribute, '1.1.23.1', { 4: text(canary('jobowner', facts.name)) }),
  ];
}
