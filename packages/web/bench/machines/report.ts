/** Lines of the bench: figures by the clock on the wall, and beside them what the page itself took of the processor. */
import { loadavg } from 'node:os';
import type { Recorded, Step } from './trace.ts';

const ms = (value: number): string => `${value.toFixed(0)} ms`.padStart(7);

function spread(figures: readonly number[], bar: number): string {
  const sorted = [...figures].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  const over = sorted.filter((each) => each > bar).length;
  return `median ${ms(at(0.5))}  p95 ${ms(at(0.95))}  worst ${ms(at(1))}  over ${bar} ms: ${over} of ${sorted.length}`;
}

export interface Measured {
  readonly name: string;
  /** By the clock on the wall, in ms. */
  readonly wall: readonly number[];
  readonly bar: number;
  readonly recorded: Recorded;
  /** Names the kinds of work. */
  readonly parts: boolean;
}

export function report({ name, wall, bar, recorded, parts }: Measured): void {
  const { steps, drawing } = recorded;
  const write = (head: string, text: string) => process.stdout.write(`${head.padEnd(46)} ${text}\n`);
  write(name, `${spread(wall, bar)}  load ${loadavg()[0]?.toFixed(1)}`);
  write(
    '  its main thread, processor',
    spread(
      steps.map((step) => step.main),
      bar,
    ),
  );
  write(
    '  its longest task, processor',
    spread(
      steps.map((step) => step.longest),
      50,
    ),
  );
  write('  threads that draw, processor', `mean   ${ms(drawing)}`);
  if (parts) write('  by kind, mean', kinds(steps));
}

function kinds(steps: readonly Step[]): string {
  const sums = new Map<string, number>();
  for (const step of steps) for (const [kind, time] of step.kinds) sums.set(kind, (sums.get(kind) ?? 0) + time);
  return [...sums]
    .map(([kind, time]) => [kind, time / steps.length] as const)
    .filter(([, time]) => time >= 0.1)
    .sort((a, b) => b[1] - a[1])
    .slice(0, 14)
    .map(([kind, time]) => `${kind} ${time.toFixed(1)}`)
    .join(', ');
}
