/** docs/reference/errors.md: the catalogue of errors with its English sentences. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ERROR_CODES, ERRORS } from '@rsb/contract';

export function errorsPage(root: string): string {
  const file = join(root, 'packages/messages/messages/en/errors.json');
  const sentences = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, string>>;
  const rows = ERROR_CODES.map((code) => {
    const { status, retry, acts } = ERRORS[code];
    return `| \`${code}\` | ${status} | ${retry ? 'yes' : 'no'} | ${acts} | ${sentences[`error_${code}`] ?? ''} |`;
  });
  return `# Errors

Made from \`packages/contract/src/errors.ts\` by \`npm run reference\`. A request that fails answers
\`application/problem+json\` (RFC 9457) with \`type: urn:rsb:CODE\`, the sentence in the reader's language as \`title\`, and the
values it shows as \`params\`. "Retry" says whether the same call may succeed later without anybody changing anything;
"acts" who can mend it.

| code | status | retry | acts | sentence |
|---|---|---|---|---|
${rows.join('\n')}
`;
}
