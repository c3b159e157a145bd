/** The suite over a socket of our own. Run in a namespace that allows it. */
import { systemClock } from '@rsb/runtime';
import { chooseSweep } from '../../src/index.ts';
import { sweepSuite } from '../sweep-suite.ts';

/** There is no fping to fall back to. */
sweepSuite('socket', () => chooseSweep({ clock: systemClock(), which: () => undefined }));
