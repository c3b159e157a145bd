/** Brands that no driver is for: machines that the Printer-MIB alone reads still say whose they are, in front of their name. */
import type { Brand } from '../../definition.ts';

const inFront = (name: string, words: string = name): Brand => ({
  name,
  says: new RegExp(`^(?:${words})(?= |$)`, 'i'),
});

export const OTHER_BRANDS: readonly Brand[] = [
  inFront('Avery Dennison', 'avery(?: dennison)?'),
  inFront('Datamax', "datamax(?:-o'neil)?"),
  inFront('Fujitsu'),
  inFront('Honeywell'),
  inFront('IBM'),
  inFront('Intermec'),
  inFront('Kodak', '(?:eastman )?kodak(?: company)?'),
  inFront('Lenovo'),
  inFront('Memjet'),
  inFront('NEC'),
  inFront('Océ', 'oc[eé]'),
  inFront('Printronix'),
  inFront('Roland', 'roland(?: dg)?'),
  inFront('Seiko', 'seiko(?: instruments?)?'),
  inFront('Sony'),
  inFront('Star', 'star(?: micronics)?'),
  inFront('TROY', 'troy(?: group)?'),
];
