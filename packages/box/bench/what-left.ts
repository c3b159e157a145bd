/** What a search through everything that was sent and a kept report cost, in ms of processor time: `node packages/box/bench/what-left.ts`. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { hours, instant, manualClock, seededRandom } from '@rsb/runtime';
import { createSentPayloads } from '../src/disclosure/index.ts';
import { openDatabase } from '../src/store/database.ts';
import { migrate } from '../src/store/migrations.ts';

/** 90 days of hourly reports of so many machines, as JSON like the real ones: 2 kB a reading. */
async function measure(machines: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'rsb-bench-'));
  const path = join(folder, 'box.sqlite');
  const db = openDatabase(path);
  migrate(db);
  const clock = manualClock(instant(Date.UTC(2026, 7, 1)));
  const random = seededRandom(1);
  const payloads = createSentPayloads(db, clock);
  const reports = 90 * 24;
  let json = 0;
  let compressed = 0;
  const began = process.cpuUsage();
  for (let hour = 0; hour < reports; hour += 1) {
    const items = Array.from({ length: machines }, (_, n) => ({
      epoch: '0123456789abcdef',
      seq: hour * machines + n + 1,
      kind: 'reading',
      digest: `sha-256=${Buffer.from(random.bytes(32)).toString('hex')}`,
      json: JSON.stringify({
        body: {
          device: `Kyocera Q66389${n}`,
          reading: {
            address: `192.168.10.${n}`,
            counters: Object.fromEntries(
              Array.from({ length: 24 }, (_, c) => [`counter${c}`, hour * 7 + n * 1000 + c]),
            ),
            supplies: Array.from({ length: 5 }, (_, s) => ({
              index: `1.${s}`,
              type: 'toner',
              percent: (hour + s) % 100,
            })),
            text: 'asked and told, not asked and absent '.repeat(20),
          },
        },
      }),
    }));
    const text = `{"items":[${items.map((item) => item.json).join(',')}]}`;
    const body = zstdCompressSync(text);
    json += text.length;
    compressed += body.length;
    db.transaction(() =>
      payloads.append({
        sentAt: clock.now(),
        url: 'http://127.0.0.1/api/v1/reports',
        body,
        jsonBytes: text.length,
        items,
        centralKey: '',
        triesBefore: 0,
        receipt: {
          box: '411223312',
          signature: '',
          results: items.map(({ epoch, seq, digest }) => ({ epoch, seq, digest, result: 'stored', code: null })),
        },
      }),
    );
    clock.jump(instant(clock.now() + hours(1)));
  }
  const spent = process.cpuUsage(began);
  const stored = (spent.user + spent.system) / 1000 / reports;
  // Time of this process alone: others may be at work on the machine.
  const cpu = () => process.cpuUsage().user / 1000 + process.cpuUsage().system / 1000;
  const timed = async (search: string) => {
    const start = cpu();
    const page = await payloads.list({ search, limit: 50 });
    return { ms: Math.round(cpu() - start), found: page.payloads.length, whole: page.total !== null };
  };
  const often = await timed('q663891');
  const never = await timed('nowhere at all');
  const start = cpu();
  payloads.kept();
  const kept = cpu() - start;
  process.stdout.write(
    `${machines} machines, ${reports} reports: ${Math.round(json / 1e6)} MB of JSON, ${(compressed / 1e6).toFixed(1)} MB sent, ` +
      `${(statSync(path).size / 1e6).toFixed(1)} MB in the store; a report is made and kept in ${stored.toFixed(1)} ms; ` +
      `search that hits ${often.ms} ms (${often.found} shown), that finds nothing ${never.ms} ms` +
      `${never.whole ? '' : ' (first part)'}; summary ${kept.toFixed(1)} ms\n`,
  );
  db.close();
  rmSync(folder, { recursive: true, force: true });
}

for (const machines of [13, 250]) await measure(machines);
