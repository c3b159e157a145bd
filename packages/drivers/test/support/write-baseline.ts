/** Writes truth-baseline.json anew: every judged field of the captures that is not right. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { captureNames, loadCapture, loadTruth } from './captures.ts';
import { replay } from './replay.ts';
import { score } from './score.ts';

const faults = captureNames('printers').flatMap((name) =>
  replay(loadCapture('printers', name))
    .interpretations.flatMap(({ reading }) => score(loadTruth(name), reading))
    .filter(({ judgement }) => judgement !== 'right')
    .map(({ field, judgement }) => `${name} ${field} ${judgement}`),
);
writeFileSync(resolve(import.meta.dirname, '../truth-baseline.json'), `${JSON.stringify(faults, null, 2)}\n`);
