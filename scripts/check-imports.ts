/**
 * Holds the direction of data: a package may import only those that the table names, and only through their entry files;
 * and no files of it import each other in a circle, types counted.
 */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** `types:` marks what may be imported by type alone (it leaves no trace at run time). */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  runtime: [],
  contract: ['runtime'],
  snmp: ['runtime'],
  icmp: ['runtime'],
  drivers: ['contract', 'types:snmp', 'snmp/oid', 'runtime'],
  box: ['contract', 'drivers', 'icmp', 'messages', 'runtime', 'snmp'],
  central: ['contract', 'messages', 'runtime'],
  web: ['messages', 'types:contract'],
  simulator: ['contract', 'runtime', 'snmp'],
  messages: ['types:contract'],
  cli: ['box', 'central', 'contract', 'drivers', 'icmp', 'messages', 'runtime', 'simulator', 'snmp'],
};

/** Tests may put real parts together; these packages' sources may not. */
const TESTS_MAY_ADD: Readonly<Record<string, readonly string[]>> = {
  drivers: ['snmp', 'simulator'],
  snmp: ['simulator'],
  box: ['simulator', 'central'],
  icmp: ['simulator'],
  simulator: ['drivers'],
  // Stand-ins for a server answer in the contract's own words; in the browser its values would weigh too much.
  web: ['contract'],
};

const root = resolve(import.meta.dirname, '..');
const problems: string[] = [];
/** The files of its own package that each file imports. */
const imported = new Map<string, string[]>();
let files = 0;

for (const file of globSync('packages/*/{src,test,bin}/**/*.{ts,tsx}', { cwd: root })) {
  files += 1;
  const [, own = '', place] = file.split('/');
  const allowed = [...(ALLOWED[own] ?? []), ...(place === 'test' ? (TESTS_MAY_ADD[own] ?? []) : [])];
  const source = readFileSync(join(root, file), 'utf8');
  const beside: string[] = [];
  imported.set(file, beside);
  for (const match of source.matchAll(
    /^\s*(import|export)\s+(type\s)?[^'";]*?from\s+'([^']+)'|import\(\s*'([^']+)'\s*\)/gm,
  )) {
    const typeOnly = match[2] !== undefined;
    const name = match[3] ?? match[4] ?? '';
    if (name.startsWith('.')) {
      const target = relative(root, resolve(root, dirname(file), name)).split('/');
      if (target[0] === 'packages' && target[1] !== own)
        problems.push(`${file}: reaches into packages/${target[1]} by path`);
      else beside.push(target.join('/'));
      continue;
    }
    if (!name.startsWith('@rsb/')) continue;
    const path = name.slice('@rsb/'.length);
    const other = path.split('/')[0] ?? '';
    if (other === own) continue;
    const fine = allowed.includes(other) || allowed.includes(path) || (typeOnly && allowed.includes(`types:${other}`));
    if (!fine) problems.push(`${file}: ${own} may not import ${name}`);
  }
}

const sound = new Set<string>();
function findCircles(file: string, way: readonly string[]): void {
  if (sound.has(file)) return;
  const begun = way.indexOf(file);
  if (begun >= 0) {
    problems.push(`a circle of imports: ${[...way.slice(begun), file].join(' → ')}`);
    return;
  }
  for (const next of imported.get(file) ?? []) findCircles(next, [...way, file]);
  sound.add(file);
}
for (const file of imported.keys()) findCircles(file, []);

for (const problem of problems) console.error(problem);
if (files < 20) {
  console.error(`only ${files} files were looked at: the check is broken`);
  process.exit(1);
}
console.error(`${files} files keep the import rule`);
process.exit(problems.length > 0 ? 1 : 0);
