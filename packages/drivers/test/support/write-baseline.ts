/** Writes truth-baseline.json anew, without a network: every judged field of the captures that is not right. */
import { faultsOf, saveBaseline } from './baseline.ts';
import { captureNames, loadCapture, loadTruth } from './captures.ts';
import { replay } from './replay.ts';
import { score } from './score.ts';

saveBaseline(
  captureNames('printers').flatMap((name) =>
    replay(loadCapture('printers', name)).interpretations.flatMap(({ reading }) =>
      faultsOf(name, score(loadTruth(name), reading)),
    ),
  ),
);
