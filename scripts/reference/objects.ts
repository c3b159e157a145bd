/** docs/reference/objects.md: every object that is ever asked, made from the drivers: the allow-list with its reasons. */
import { type AskedObject, allowedObjects, captureObjects, DRIVERS, IDENTIFYING, objectsOf } from '@rsb/drivers';
import { IDENTIFYING_OBJECTS } from '@rsb/drivers/identify/identifying';
import { isWithin, type Oid } from '@rsb/snmp';
import { distinct, markdownTable } from './markdown.ts';

interface Use {
  readonly object: AskedObject;
  readonly driver: string;
}

export function objectsPage(): string {
  const uses = [
    ...IDENTIFYING_OBJECTS.map((object): Use => ({ object, driver: 'identifying' })),
    ...DRIVERS.flatMap((driver) => objectsOf(driver).map((object): Use => ({ object, driver: driver.name }))),
  ];
  const ofCapture = DRIVERS.flatMap(({ name, capture = [] }) =>
    capture.map((object): Use => ({ object, driver: name })),
  );
  const allowed = allowedObjects();
  const isShared = (oid: Oid) => isStandard(oid) || distinctDrivers(uses, oid).length === DRIVERS.length;
  const shared = allowed.filter(isShared);
  const own = allowed.filter((oid) => !isShared(oid));
  const makers = [...Map.groupBy(own, (oid) => ownerOf(uses, oid))].sort(([a], [b]) => (a < b ? -1 : 1));
  return `# Every object that is ever asked

Made from the drivers by \`npm run reference\`. This is the allow-list: ${allowed.length} scalars and columns. The engine
refuses to send any other name, and drops answers outside what it asked. There is no code that writes to a device. Nothing
here is about people, documents, jobs, consoles, software or other machines in the network.

**evidence**: \`mib\` – the maker's or a standard's MIB says what it means; \`capture\` – real machines' answers do, their own
sums close; \`reported\` – other projects say so, and it is used only where the machine's own sums confirm it.

A scan asks one GET of ${IDENTIFYING.length} objects (\`identifying\`) of whatever answers the ping, ignores what is no
printer, and asks the rest of printers alone, each by its driver.

## Standards and what all makers share

${table(shared, uses, true)}
${makers.map(([maker, oids]) => `\n## ${maker}\n\n${table(oids, uses, false)}\n`).join('')}
## For captures only

\`rsb capture --counter-tables\` may ask these too, when a person wants them in a report. The box never does.

${ofCapture.length === 0 ? 'None.' : table(captureObjects(), ofCapture, true)}
`;
}

/** IETF, and the Printer Working Group. */
const STANDARDS = ['1.3.6.1.2.1', '1.3.6.1.4.1.2699'] as readonly string[] as readonly Oid[];
const isStandard = (oid: Oid): boolean => STANDARDS.some((standard) => isWithin(standard, oid));

const usesOf = (uses: readonly Use[], oid: Oid): readonly Use[] => uses.filter(({ object }) => object.oid === oid);

const distinctDrivers = (uses: readonly Use[], oid: Oid): readonly string[] => [
  ...new Set(usesOf(uses, oid).map(({ driver }) => driver)),
];

/** The driver that asks it and matches its enterprise; another maker's objects stand with their own maker. */
function ownerOf(uses: readonly Use[], oid: Oid): string {
  const drivers = distinctDrivers(uses, oid);
  const enterprise = oid.split('.').slice(0, 7).join('.');
  const matching = DRIVERS.filter(({ match }) =>
    match.some(({ sysObjectId }) => sysObjectId === enterprise || sysObjectId?.startsWith(`${enterprise}.`)),
  );
  return matching.find(({ name }) => drivers.includes(name))?.name ?? matching[0]?.name ?? drivers[0] ?? enterprise;
}

function table(oids: readonly Oid[], uses: readonly Use[], named: boolean): string {
  const rows = oids.map((oid) => {
    const found = usesOf(uses, oid);
    const told = (member: (object: AskedObject) => string) => distinct(found.map(({ object }) => member(object)));
    const drivers = distinctDrivers(uses, oid);
    const all = drivers.filter((name) => name !== 'identifying').length === DRIVERS.length;
    const by = all ? ['all', ...drivers.filter((name) => name === 'identifying')] : drivers;
    return [
      `\`${oid}\``,
      told(({ name }) => name),
      told(({ purpose }) => purpose),
      told(({ part }) => part),
      told(({ evidence }) => evidence),
      told(({ source }) => source),
      by.join(', '),
    ];
  });
  const head = ['object', 'name', 'purpose', 'part', 'evidence', 'source', named ? 'asked by' : 'driver'];
  return markdownTable(head, rows);
}
