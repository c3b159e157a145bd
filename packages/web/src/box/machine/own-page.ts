/** The address of a machine's own web page; null where the address is none that a browser opens. */

const V4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/;

export function ownPage(address: string): string | null {
  if (V4.test(address)) return `http://${address}/`;
  // Link-local addresses with a zone cannot stand in a URL (RFC 3986 knows none, and browsers follow it).
  if (!/^[0-9a-f:.]+$/i.test(address) || !address.includes(':')) return null;
  return URL.parse(`http://[${address}]/`)?.href ?? null;
}
