/**
 * A wire site in a process of its own, so that what the box costs is not mixed with what the site costs. Started by
 * `startWireSite`; ends with its parent.
 */
import { seededRandom, systemClock } from '@rsb/runtime';
import { capturesSite } from '../site.ts';
import { office } from './office.ts';
import { openPacketLine } from './packet-line.ts';
import type { SiteOrder, SiteReply } from './start-wire-site.ts';
import { createWireSite, type WireSite } from './wire-site.ts';

const [device = '', network = '', captures = ''] = process.argv.slice(2);
const tell = (reply: SiteReply) => process.send?.(reply);
const { printers, gear, pingOnly } =
  captures === '' ? office(network) : office(network, capturesSite(captures).machines);

let receive: WireSite['receive'] = () => {};
const line = await openPacketLine(device, (packet, cameAt) => receive(packet, cameAt));
let site = siteOf(1);
function siteOf(seed: number): WireSite {
  const made = createWireSite({
    machines: [...printers, ...gear],
    pingOnly,
    clock: systemClock(),
    random: seededRandom(seed),
    send: line.send,
  });
  receive = made.receive;
  return made;
}

process.on('message', (order: SiteOrder) => {
  switch (order.do) {
    case 'reset':
      site = siteOf(order.seed);
      site.reset(order.line);
      tell({ told: 'ready' });
      return;
    case 'tally':
      tell({ told: 'tally', tally: site.tally() });
      return;
  }
});
process.on('disconnect', () => process.exit(0));
tell({
  told: 'started',
  printers: printers.map(({ address }) => address),
  gear: gear.map(({ address }) => address),
  pingOnly,
});
