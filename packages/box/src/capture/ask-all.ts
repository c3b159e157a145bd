/** All that one printer answers to the objects of a list, column by column: for a file that shows how it is read. */
import {
  type Allowance,
  isWithin,
  type Oid,
  type Patience,
  type SnmpEngine,
  type Target,
  type Varbind,
} from '@rsb/snmp';

export interface AskAll {
  readonly target: Target;
  readonly objects: readonly Oid[];
  readonly patience: Patience;
  readonly signal: AbortSignal;
  /** What identifying was told goes first: some machines answer a GET of what their walk leaves out. */
  readonly told: readonly Varbind[];
  readonly allowance?: Allowance;
  /** Octets of values and names after which no more is asked. */
  readonly mostBytes?: number;
  readonly onProgress?: (done: number, told: number) => void;
}

export interface AllAnswers {
  readonly varbinds: readonly Varbind[];
  readonly unfinished: readonly Oid[];
}

/** Columns asked side by side: a machine that stops answering costs the rest of these alone. */
const AT_ONCE = 20;
/** Silent for so many in a row, it will not tell the rest either. */
const MOST_SILENT = 2;

export async function askAll(snmp: SnmpEngine, asking: AskAll): Promise<AllAnswers> {
  const { target, objects, patience, signal, allowance, mostBytes = Number.POSITIVE_INFINITY, onProgress } = asking;
  const varbinds: Varbind[] = asking.told.filter(({ oid }) => objects.some((object) => isWithin(object, oid)));
  const unfinished: Oid[] = [];
  let silent = 0;
  let bytes = 0;
  for (let at = 0; at < objects.length; at += AT_ONCE) {
    const columns = objects.slice(at, at + AT_ONCE);
    if (silent >= MOST_SILENT || bytes > mostBytes || signal.aborted) {
      unfinished.push(...columns);
      continue;
    }
    const answer = await snmp.walk(target, columns, { patience, signal, ...(allowance && { allowance }) });
    varbinds.push(...answer.varbinds);
    unfinished.push(...answer.unfinished.map(({ column }) => column));
    bytes += answer.varbinds.reduce((sum, varbind) => sum + lengthOf(varbind), 0);
    const isSilent = answer.varbinds.length === 0 && answer.end !== 'complete' && answer.end.kind === 'timeout';
    silent = isSilent ? silent + 1 : 0;
    onProgress?.(Math.min(at + AT_ONCE, objects.length), varbinds.length);
  }
  const told = varbinds.filter(({ value }) => !ABSENT.has(value.type));
  return { varbinds: [...new Map(told.map((varbind) => [varbind.oid, varbind])).values()], unfinished };
}

const ABSENT: ReadonlySet<string> = new Set(['null', 'noSuchObject', 'noSuchInstance', 'endOfMibView']);

const lengthOf = ({ oid, value }: Varbind): number =>
  oid.length + (value.type === 'octets' || value.type === 'opaque' ? value.value.length : 1);
