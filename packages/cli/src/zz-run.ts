import { scan } from './scan.ts';
const [name, ...args] = process.argv.slice(2);
const cmd = name === 'scan' ? scan : (await import('./read.ts')).read;
process.exitCode = await cmd(args, { stdout: (t) => process.stdout.write(t), stderr: (t) => process.stderr.write(t), env: process.env, locale: 'en', signal: new AbortController().signal, interactive: false });
