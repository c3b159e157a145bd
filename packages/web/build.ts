/** Placeholder until the browser apps are there. */
import { mkdirSync } from 'node:fs';

mkdirSync(process.argv[2] ?? 'dist', { recursive: true });
