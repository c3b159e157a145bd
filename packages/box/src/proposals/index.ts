/** What central proposes to this box, and what people here say to it. */
export { type Asker, createAsker } from './asker.ts';
export { type CommandTargets, commandRunner } from './commands.ts';
export { createExpected, type Expected } from './expected.ts';
export { createProposals, type Proposals } from './proposals.ts';
export { proposalsSchema } from './schema.ts';
