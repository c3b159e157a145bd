/** docs/reference/devices.md: what is read of each family of machines, and what proves it. Made from the drivers. */
import { type AskedObject, countsOf, DRIVERS, type DriverDefinition, objectsOf } from '@rsb/drivers';
import { distinct, markdownTable } from './markdown.ts';

const SPLITS = ['total', 'print', 'copy', 'fax', 'scan'] as const;
const SHADES = ['all', 'mono', 'color'] as const;

export function devicesPage(): string {
  const families = DRIVERS.filter(({ generic }) => generic !== true);
  const generic = DRIVERS.filter((driver) => driver.generic === true);
  const verified = families.filter((driver) => 'captures' in driver.verified);
  return `# What is read of which machines

Made from the drivers by \`npm run reference\`. ${families.length} families of machines, ${verified.length} of them proven on
real machines' answers, and the Printer-MIB for every other printer. A machine tells only what its maker put into it: the
tables say what is asked and understood, \`rsb read ADDRESS --explain\` what one machine told, and why.

**Of every printer** that answers SNMP, by the standards (RFC 2790, RFC 2863, RFC 3418, RFC 3805): maker and model, serial
number, hardware address, host name and location; the life count with its unit; supplies with kind, color, level and
capacity; state, errors and alerts. A value that the machine does not tell stays unknown; none is made up.

**Counts**: ✓ whole, *m* mono, *c* color. What has evidence by other projects alone is used only where the machine's own
sums confirm it.

${overview([...families, ...generic])}

${families.map(section).join('\n')}
${generic.map(section).join('\n')}`;
}

function overview(drivers: readonly DriverDefinition[]): string {
  const head = ['family', 'brands', 'own life count', ...SPLITS, 'two-sided', 'large', 'supplies', 'proof'];
  const rows = drivers.map((driver) => {
    const counts: readonly string[] = countsOf(driver);
    const has = (path: string) => (counts.includes(`counters.${path}`) ? '✓' : '');
    return [
      `[${driver.name}](#${driver.name})`,
      driver.brands.map(({ name }) => name).join(', ') || 'any other',
      has('vendorLife'),
      ...SPLITS.map((split) =>
        SHADES.filter((shade) => counts.includes(`counters.${split}.${shade}`))
          .map((shade) => (shade === 'all' ? '✓' : shade.slice(0, 1)))
          .join(' '),
      ),
      has('duplex'),
      has('largeFormat'),
      ownObjects(driver).some(({ part }) => part === 'supplies') ? 'standard and own' : 'standard',
      'captures' in driver.verified ? captured(driver.verified.captures.length) : 'unverified',
    ];
  });
  return markdownTable(head, rows);
}

const captured = (count: number): string => (count === 1 ? '1 capture' : `${count} captures`);

function section(driver: DriverDefinition): string {
  const own = ownObjects(driver);
  const of = (part: AskedObject['part']) => own.filter((object) => object.part === part);
  const lines = [
    ['Known by', driver.match.map(wordMatch).join('; ') || 'whatever shows a printer of the Printer-MIB'],
    ['Identity', withStandards(of('identity'), 'standards', 'before or after them')],
    ['Counters', of('counters').length === 0 ? 'prtMarkerLifeCount alone' : wordObjects(of('counters'))],
    ['Supplies', withStandards(of('supplies'), 'prtMarkerSuppliesTable', 'and')],
    ['Status', withStandards(of('status'), 'hrPrinterStatus, hrPrinterDetectedErrorState', 'and')],
    ['Alerts', withStandards(of('alerts'), 'prtAlertTable', 'and')],
    ['Also asks', (driver.borrows ?? []).map(({ enterprise, why }) => `enterprise ${enterprise}: ${why}`).join('; ')],
    ['Evidence', evidenceOf(own)],
    ['Verified', verifiedBy(driver)],
  ] as const;
  const told = lines.filter(([, text]) => text !== '').map(([label, text]) => `- **${label}**: ${text}`);
  return `## ${driver.name}\n\n${told.join('\n')}\n`;
}

/** What every driver asks is no family's own. */
const SHARED: ReadonlySet<string> = new Set(
  DRIVERS.filter(({ generic }) => generic === true).flatMap((driver) => objectsOf(driver).map(({ oid }) => oid)),
);
const ownObjects = (driver: DriverDefinition): readonly AskedObject[] =>
  objectsOf(driver).filter(({ oid }) => !SHARED.has(oid) && !oid.startsWith('1.3.6.1.2.1.'));

function wordMatch({ sysObjectId, sysDescr, proves }: DriverDefinition['match'][number]): string {
  const by = [
    ...(sysObjectId === undefined ? [] : [`sysObjectID \`${sysObjectId}\``]),
    ...(sysDescr === undefined ? [] : [`sysDescr \`${sysDescr.source}\``]),
  ].join(' and ');
  switch (proves) {
    case 'maker':
      return `${by} with a sign of a printer`;
    case 'otherGear':
      return `not ${by}`;
    default:
      return by;
  }
}

const wordObjects = (objects: readonly AskedObject[]): string =>
  distinct(objects.map(({ name, purpose }) => (name === purpose ? name : `${name} (${purpose})`)));

const withStandards = (objects: readonly AskedObject[], standards: string, joined: string): string =>
  objects.length === 0 ? standards : `${standards}; ${joined} ${wordObjects(objects)}`;

function evidenceOf(objects: readonly AskedObject[]): string {
  if (objects.length === 0) return 'RFC 2790, RFC 3805';
  const groups = [...Map.groupBy(objects, ({ evidence }) => evidence)];
  return groups.map(([evidence, group]) => `${evidence}: ${distinct(group.map(({ source }) => source))}`).join(' — ');
}

function verifiedBy({ verified }: DriverDefinition): string {
  if ('unverified' in verified) return `no: ${verified.unverified}`;
  return verified.captures.map((name) => `\`${name}\``).join(', ');
}
