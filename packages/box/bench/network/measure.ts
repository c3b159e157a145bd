/** Figures of a piece of work: what the cable saw, how long it took, and what CPU time it cost. */
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { whichOn } from '@rsb/icmp';

export interface Figures {
  readonly packets: number;
  readonly bytes: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
}

export interface Ran {
  readonly seconds: number;
  readonly cpuSeconds: number;
}

/** Of this process. */
export async function ran<T>(work: () => Promise<T>): Promise<Ran & { readonly value: T }> {
  const before = process.cpuUsage();
  const startedAt = performance.now();
  const value = await work();
  const seconds = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(before);
  return { value, seconds, cpuSeconds: (user + system) / 1e6 };
}

export const installed = (program: string): string | undefined => whichOn(process.env['PATH'])(program);

/** A shell line, with what its processes took by the shell's own `times`. */
export function ranCommand(line: string): Promise<Ran> {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const child = spawn('sh', ['-c', `${line} >/dev/null 2>&1; times`], { cwd: tmpdir() });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.once('close', () => {
      const [, children = ''] = output.trim().split('\n');
      const cpuSeconds = [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
        (sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds),
        0,
      );
      resolve({ seconds: (performance.now() - startedAt) / 1000, cpuSeconds });
    });
  });
}

const cell = (text: string, width: number) => text.padStart(width);

export function tableHead(title: string): string {
  const columns = [cell('packets', 9), cell('bytes', 10), cell('seconds', 9), cell('CPU s', 8)].join('');
  return `\n${title.padEnd(54)}${columns}   packets, bytes, CPU against ours\n`;
}

export function tableRow(name: string, figures: Figures, ours: Figures | null): string {
  const { packets, bytes, seconds, cpuSeconds } = figures;
  const told = [
    cell(String(packets), 9),
    cell(String(bytes), 10),
    cell(seconds.toFixed(2), 9),
    cell(cpuSeconds.toFixed(2), 8),
  ];
  return `  ${name.padEnd(52)}${told.join('')}${ours ? `   ${ratios(figures, ours)}` : ''}\n`;
}

function ratios(theirs: Figures, ours: Figures): string {
  const ratio = (a: number, b: number) => (b === 0 ? '–' : `${(a / b).toFixed(1)}×`);
  return [
    ratio(theirs.packets, ours.packets),
    ratio(theirs.bytes, ours.bytes),
    ratio(theirs.cpuSeconds, ours.cpuSeconds),
  ].join('  ');
}

export const barRow = (name: string, is: number, most: number): string =>
  `  ${is <= most ? 'ok    ' : 'MISSED'} ${name}: ${Math.round(is * 100) / 100} (at most ${most})\n`;
