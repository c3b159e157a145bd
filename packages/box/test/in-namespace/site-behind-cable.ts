/** The far end of a cable: a printer at each address, until the input closes. Prints the port that all have. */
import { seedSite, startSite } from '@rsb/simulator';

const machines = seedSite({ gear: false });
const addresses = process.argv.slice(2);
const site = await startSite({
  machines: addresses.map((address, at) => {
    const machine = machines[at];
    if (machine === undefined) throw new Error('the site has no such machine');
    return { ...machine, address };
  }),
  port: 0,
});
process.stdout.write(`${site.port}\n`);
process.stdin.resume().once('end', () => site.close());
