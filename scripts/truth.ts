/**
 * How right the readings are: `npm run truth` replays real devices' answers over UDP, reads each with the box's own code,
 * and holds every field against the truth that was decided by hand. Exit 1 where something is worse than the committed
 * baseline, or where a device of another kind is taken for a printer.
 *
 *   npm run truth                   all captures beside the project, a table by vendor and one by field, and what is not right
 *   npm run truth -- NAME           only captures with this in their name
 *   npm run truth -- --json         one JSON object
 *   npm run truth -- --update       shorten the baseline to what is left
 *   npm run truth -- --captures DIR another folder with printers/, truth/ and nonprinters/; compared with no baseline
 */
import { parseArgs } from 'node:util';
import {
  compareWithBaseline,
  faultsOf,
  loadBaseline,
  saveBaseline,
} from '../packages/drivers/test/support/baseline.ts';
import { DEFAULT_CAPTURES, type JudgedCapture, judgePrinters, scanOthers } from './truth/judge.ts';
import { wordTruth } from './truth/tables.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    update: { type: 'boolean', default: false },
    captures: { type: 'string', default: DEFAULT_CAPTURES },
  },
});
const wanted = (name: string) => positionals.length === 0 || positionals.some((part) => name.includes(part));
const isWhole = positionals.length === 0;
const hasBaseline = values.captures === DEFAULT_CAPTURES;

const judged: readonly JudgedCapture[] = await judgePrinters(values.captures, wanted);
const others = isWhole ? await scanOthers(values.captures) : { scanned: 0, taken: [] };
const faults = judged.flatMap(({ name, scores }) => faultsOf(name, scores));
const comparison = hasBaseline
  ? compareWithBaseline(faults, loadBaseline(), new Set(judged.map(({ name }) => name)))
  : { worse: [], better: [] };

if (values.json) process.stdout.write(`${JSON.stringify({ captures: judged, others, ...comparison })}\n`);
else process.stdout.write(wordTruth(judged, others, comparison));

const isWorse = comparison.worse.length > 0 || others.taken.length > 0 || judged.length === 0;
if (values.update && hasBaseline && isWhole && !isWorse) saveBaseline(faults);
process.exitCode = isWorse ? 1 : 0;
