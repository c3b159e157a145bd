/** Runs the command line of this process; `bin/rsb.mjs` sees to the right Node first. */
import { main } from './main.ts';

await main(process.argv.slice(2));
