/** Writes the pages under docs/reference that are made from the code; a test holds each against its source. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ERROR_CODES, ERRORS } from '@rsb/contract';

const root = resolve(import.meta.dirname, '..');
const sentences = JSON.parse(readFileSync(join(root, 'packages/messages/messages/en/errors.json'), 'utf8')) as Record<
  string,
  string
>;

const rows = ERROR_CODES.map((code) => {
  const { status, retry, acts } = ERRORS[code];
  return `| \`${code}\` | ${status} | ${retry ? 'yes' : 'no'} | ${acts} | ${sentences[`error_${code}`] ?? ''} |`;
});

writeFileSync(
  join(root, 'docs/reference/errors.md'),
  `# Errors

Made from \`packages/contract/src/errors.ts\` by \`npm run reference\`. A request that fails answers
\`application/problem+json\` (RFC 9457) with \`type: urn:rsb:CODE\`, the sentence in the reader's language as \`title\`, and the
values it shows as \`params\`. "Retry" says whether the same call may succeed later without anybody changing anything;
"acts" who can mend it.

| code | status | retry | acts | sentence |
|---|---|---|---|---|
${rows.join('\n')}
`,
);
