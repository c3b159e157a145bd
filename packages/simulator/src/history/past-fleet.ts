/** A dealer's fleet and its past: customers with sites, boxes and machines. The same seed gives the same fleet. Pure. */
import { seededRandom } from '@rsb/runtime';
import { diceOf } from '../live/dice.ts';
import { machinePast, type PastMachine, type PastReading } from './machine-past.ts';
import { MODELS } from './models.ts';
import { type BoxStory, boxStoryOf, storyOf } from './stories.ts';

export interface PastBox {
  /** Nine digits. */
  readonly agent: string;
  readonly site: string;
  readonly version: string;
  readonly story: BoxStory;
  readonly machines: readonly PastMachine[];
  /** When it reads its machines, rising. */
  readonly moments: readonly number[];
  readings(machine: PastMachine): Generator<PastReading>;
}

export interface PastCustomer {
  readonly name: string;
  readonly number: string;
  readonly sites: readonly string[];
  readonly boxes: readonly PastBox[];
}

export interface PastPlan {
  readonly customers: number;
  readonly months: number;
  readonly now: number;
  readonly seed: number;
}

const NAMES = [
  ...[
    'Clinique des Vosges',
    'Lycée Sainte-Odile',
    'Hôtel du Rhin',
    'Étude Keller',
    'Mairie de Valff',
    'Atelier Schmitt',
  ],
  ...[
    'Cabinet Weiss & Fils',
    'Pharmacie du Marché',
    'Bäckerei Huber GmbH',
    'Garage Muller',
    'École Pasteur',
    'Notaires Lefèvre',
  ],
  ...[
    'Imprimerie Klein',
    'Domaine Zind',
    'Spedition Bauer',
    'Architectes Roth',
    'Crèche Les Lutins',
    'Brasserie Meteor',
  ],
  ...[
    'Menuiserie Fuchs',
    'Comptabilité Nord',
    'Residence Les Tilleuls',
    'Stadtwerke Kehl',
    'Optique Vauban',
    'Agence Immo Est',
  ],
  ...[
    'Laboratoire Sigma',
    'Théâtre Municipal',
    'Vétérinaires du Parc',
    'Fonderie Bischwiller',
    'Hôpital Saint-Luc',
    'Office Notarial 67',
  ],
  ...[
    'Coopérative Agri-Plus',
    'Transports Wagner',
    'Musée Tomi',
    'Assurances Meyer',
    'Kanzlei Schröder',
    'Cave de Turckheim',
  ],
  ...['Centre Équestre Sud', 'Institut Kepler', 'Mécanique Ober', 'Syndic Riviera'],
] as const;
const TOWNS = [
  'Strasbourg',
  'Colmar',
  'Mulhouse',
  'Sélestat',
  'Haguenau',
  'Saverne',
  'Kehl',
  'Offenburg',
  'Obernai',
  'Besançon',
];
const ROOMS = [
  'Accueil',
  'Comptabilité',
  'Étage 1, couloir',
  'Étage 2',
  'Direction',
  'Logistique',
  'Atelier',
  'Salle des profs',
  'Archives',
  'Secrétariat',
];

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** So long ago boxes read each hour, before that once a day, and before that on all days but Sundays. */
const HOURLY_DAYS = 2;
const DAILY_DAYS = 35;

export function pastFleet({ customers, months, now, seed }: PastPlan): PastCustomer[] {
  const dice = diceOf(seededRandom(seed));
  let [machineNumber, boxNumber] = [0, 0];
  return Array.from({ length: customers }, (_, index): PastCustomer => {
    const name = NAMES[index % NAMES.length] ?? 'Customer';
    // Most customers are small, a few are not.
    const size = index % 13 === 0 ? 14 : index % 5 === 0 ? 8 : 2 + (index % 4);
    const siteCount = size > 10 ? 3 : size > 4 ? 2 : 1;
    const sites = Array.from(
      { length: siteCount },
      (_site, at) => TOWNS[(index * 3 + at * 7) % TOWNS.length] ?? 'Site',
    );
    const boxes = [...new Set(sites)].map((site, at): PastBox => {
      boxNumber += 1;
      const net = `10.${(index % 200) + 10}.${at + 1}`;
      const own = Math.max(1, Math.round(size / siteCount) - at);
      const machines = Array.from({ length: own }, (_machine, place) => {
        machineNumber += 1;
        return withPredecessor(machineOf(machineNumber, `${net}.${20 + place}`, seed, dice.between(0, 1)));
      }).flat();
      const story = boxStoryOf(boxNumber);
      return {
        agent: String(411_000_000 + seed * 1000 + boxNumber * 37),
        site,
        version: boxNumber % 7 === 3 ? '0.0.9' : '0.1.0',
        story,
        machines,
        moments: momentsOf(now, months, story),
        readings: (machine) => machinePast(machine, momentsOf(now, months, story), now),
      };
    });
    const round = Math.floor(index / NAMES.length);
    return { name: round === 0 ? name : `${name} ${round + 1}`, number: `C-${1001 + index}`, sites, boxes };
  });
}

/** Of a machine that was put in the place of another: that one too, with its past until then. */
function withPredecessor(machine: PastMachine): PastMachine[] {
  const { story, seed, serialNumber, macAddress } = machine;
  if (story?.kind !== 'replaces') return [machine];
  const before: PastMachine = {
    ...machine,
    serialNumber: `${serialNumber.slice(0, -1)}X`,
    macAddress: macAddress.replace(/..$/, 'ee'),
    hostName: machine.model.hostName(macAddress.replace(/..$/, 'ee')),
    story: { kind: 'silent', hours: story.days * 24 },
    seed: seed + 50_000,
  };
  return [before, machine];
}

function machineOf(number: number, address: string, seed: number, chance: number): PastMachine {
  const model = MODELS[(number * 7 + Math.floor(number / 5)) % MODELS.length] ?? (MODELS[0] as (typeof MODELS)[number]);
  const hex = (seed * 4096 + number * 13).toString(16).padStart(6, '0').slice(-6);
  const macAddress = `${model.macPrefix}:${hex.slice(0, 2)}:${hex.slice(2, 4)}:${hex.slice(4)}`;
  const [least, most] = model.pagesPerDay;
  return {
    model,
    serialNumber: model.serial(number + seed * 1000),
    macAddress,
    address,
    hostName: model.hostName(macAddress),
    location: ROOMS[number % ROOMS.length] ?? '',
    pagesPerDay: least + (most - least) * chance ** 2,
    story: storyOf(number),
    seed: seed * 100_003 + number,
  };
}

function momentsOf(now: number, months: number, { silentHours }: BoxStory): number[] {
  const begin = new Date(now);
  begin.setUTCMonth(begin.getUTCMonth() - months);
  const moments: number[] = [];
  const [first, today] = [Math.floor(begin.getTime() / DAY), Math.floor(now / DAY)];
  const hourly = today - HOURLY_DAYS;
  for (let day = first; day < hourly; day += 1) {
    const weekday = (day + 4) % 7;
    if (day < today - DAILY_DAYS && weekday === 0) continue;
    // On Mondays earlier: two whole days without a reading would be a silence.
    moments.push(day * DAY + (weekday === 1 ? 15 : 17) * HOUR + 4 * 60_000);
  }
  for (let at = hourly * DAY + 4 * 60_000; at <= now; at += HOUR) moments.push(at);
  const last = now - silentHours * HOUR;
  return silentHours === 0 ? moments : moments.filter((at) => at <= last);
}
