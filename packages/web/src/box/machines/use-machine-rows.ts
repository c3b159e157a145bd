/** Rows of all devices, each worked out anew only when its device, the language or its age class changed. */
import type { DeviceView } from '@rsb/contract';
import { useMemo, useRef } from 'preact/hooks';
import { useLang } from '../../language/language.tsx';
import { useBoxView, useLive } from '../box-context.tsx';
import { type MachineRow, machineRow, oldBefore } from './machine-row.ts';

const MINUTE = 60_000;

export function useMachineRows(now: number): readonly MachineRow[] {
  const lang = useLang();
  const { devices } = useLive();
  const { supplyMark, lastRead, nextRead } = useBoxView();
  const made = useRef(new WeakMap<DeviceView, MachineRow>());
  const before = Math.floor(oldBefore(now, lastRead, nextRead) / MINUTE) * MINUTE;
  const rules = `${lang.locale} ${supplyMark}`;
  const madeFor = useRef(rules);
  return useMemo(() => {
    if (madeFor.current !== rules) {
      made.current = new WeakMap();
      madeFor.current = rules;
    }
    return [...(devices?.values() ?? [])].map((device) => {
      const kept = made.current.get(device);
      if (kept && (kept.readAt === null || kept.old || Date.parse(kept.readAt) >= before)) return kept;
      const row = machineRow(device, { lang, mark: supplyMark, oldBefore: before });
      made.current.set(device, row);
      return row;
    });
  }, [devices, lang, supplyMark, before, rules]);
}
