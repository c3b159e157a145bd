/** What a signed-in reader can do to machines. Failures are told where they belong: in the page's banner. */
import type { BoxView, DeviceList, DevicePatch, DeviceView, ReadNowResult } from '@rsb/contract';
import { m } from '@rsb/messages';
import { useMemo } from 'preact/hooks';
import { type Answer, type Problem, wordProblem } from '../../api/client.ts';
import { cellOf, type Observable } from '../../api/observable.ts';
import { useToast } from '../../components/Toast.tsx';
import { formatCount } from '../../format/count.ts';
import { useLang } from '../../language/language.tsx';
import { useBox } from '../box-context.tsx';
import type { MachineRow } from './machine-row.ts';

export type Notes = DevicePatch['set'];

export interface MachineActions {
  readonly scan: () => void;
  readonly stopScan: () => void;
  readonly read: (ids: readonly string[]) => void;
  readonly change: (rows: readonly MachineRow[], set: Notes) => Promise<boolean>;
  /** The last action that failed, in words; null after "Close". */
  readonly failure: Observable<string | null>;
  /** Tells a failure of another part of the page in the same place. */
  readonly fail: (words: string) => void;
  readonly dismiss: () => void;
}

/** Reads asked for at once by one page; the box itself paces what goes out. */
const AT_ONCE = 4;
const READ_PATIENCE = 120_000;

export function useNewMachineActions(): MachineActions {
  const { client, live } = useBox();
  const lang = useLang();
  const toast = useToast();
  return useMemo(() => {
    const failure = cellOf<string | null>(null);
    const told = <T>(answer: Answer<T>): answer is { readonly ok: true; readonly value: T } => {
      if (!answer.ok) fail(answer.problem);
      return answer.ok;
    };
    const fail = (problem: Problem) => {
      failure.set(wordProblem(problem, lang));
      // The session ended meanwhile: the page shows it.
      if (problem.kind === 'problem' && problem.status === 401) void live.reload();
    };
    const patch = async (ids: readonly string[], set: Notes) => {
      const answer = await client.send<DeviceList>('PATCH', '/devices', { body: { ids: [...ids], set } });
      if (!told(answer)) return false;
      live.putDevices(answer.value?.devices ?? []);
      return true;
    };
    const undoable = (rows: readonly MachineRow[], set: Notes) => async () => {
      const groups = new Map<string, { set: Notes; ids: string[] }>();
      for (const { id, device } of rows) {
        const old = oldNotes(device, set);
        const key = JSON.stringify(old);
        const group = groups.get(key) ?? { set: old, ids: [] };
        group.ids.push(id);
        groups.set(key, group);
      }
      for (const group of groups.values()) await patch(group.ids, group.set);
    };
    return {
      scan: async () => {
        const answer = await client.send<BoxView>('POST', '/scan');
        if (told(answer)) live.putBox(answer.value);
      },
      stopScan: async () => {
        const answer = await client.send<BoxView>('DELETE', '/scan');
        if (told(answer)) live.putBox(answer.value);
      },
      read: async (ids) => {
        const waiting = [...ids];
        const one = async (): Promise<void> => {
          const id = waiting.shift();
          if (id === undefined) return;
          const answer = await client.send<ReadNowResult>('POST', `/devices/${encodeURIComponent(id)}/read`, {
            patience: READ_PATIENCE,
          });
          if (answer.ok) live.putDevices([answer.value.device]);
          // One machine that does not answer says so in its row; a lost session stops the rest.
          else if (answer.problem.kind === 'offline' || answer.problem.status === 401 || ids.length === 1) {
            fail(answer.problem);
            waiting.length = 0;
          }
          await one();
        };
        await Promise.all(Array.from({ length: AT_ONCE }, one));
      },
      change: async (rows, set) => {
        const undo = undoable(rows, set);
        if (
          !(await patch(
            rows.map((row) => row.id),
            set,
          ))
        )
          return false;
        const count = rows.length;
        toast({
          text: m.saved_machines({ count, machines: formatCount(count, lang) }, lang),
          action: { text: m.undo({}, lang), run: () => void undo() },
        });
        return true;
      },
      failure,
      fail: (words) => failure.set(words),
      dismiss: () => failure.set(null),
    };
  }, [client, live, lang, toast]);
}

/** The values that `set` replaces. */
function oldNotes(device: DeviceView, set: Notes): Notes {
  return {
    ...(set.monitored === undefined ? {} : { monitored: device.monitored }),
    ...(set.serviceId === undefined ? {} : { serviceId: device.serviceId }),
    ...(set.group === undefined ? {} : { group: device.group }),
    ...(set.locationNote === undefined ? {} : { locationNote: device.locationNote }),
    ...(set.note === undefined ? {} : { note: device.note }),
  };
}
