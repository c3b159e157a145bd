/** JSON broken into lines for reading, an object to a line where it is short; and where a search stands in it. Pure. */

const WIDTH = 110;

export function readableJson(value: unknown, indent = 0): string {
  const flat = flatText(value);
  if (flat.length + indent <= WIDTH || value === null || typeof value !== 'object') return flat;
  const pad = ' '.repeat(indent + 2);
  const end = ' '.repeat(indent);
  if (Array.isArray(value)) {
    return `[\n${value.map((entry) => pad + readableJson(entry, indent + 2)).join(',\n')}\n${end}]`;
  }
  const members = Object.entries(value).map(
    ([name, member]) => `${pad}${JSON.stringify(name)}: ${readableJson(member, indent + 2)}`,
  );
  return `{\n${members.join(',\n')}\n${end}}`;
}

function flatText(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[${value.map(flatText).join(', ')}]`;
  if (value !== null && typeof value === 'object') {
    const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}: ${flatText(member)}`);
    return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
  }
  return JSON.stringify(value);
}

/** The text in pieces, every second one a hit; whatever the letter case, as the box searches. */
export function hitsIn(text: string, search: string): readonly string[] {
  const wanted = search.trim().toLowerCase();
  if (wanted === '') return [text];
  const lower = text.toLowerCase();
  // Letters that change their length in lower case would move the places: then nothing is marked.
  if (lower.length !== text.length) return [text];
  const pieces: string[] = [];
  let from = 0;
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, from)) {
    pieces.push(text.slice(from, at), text.slice(at, at + wanted.length));
    from = at + wanted.length;
  }
  pieces.push(text.slice(from));
  return pieces;
}
