/**
 * What the customer does not let leave: taken out where items are made, before they are named and digested, so that no
 * number is left out and nothing withheld lies in the outbox. Pure; `alias` gives a name that tells nothing.
 */
import { isIP } from 'node:net';
import type {
  BoxState,
  DeviceEvent,
  DeviceNote,
  Identity,
  ItemKind,
  Plan,
  SentReading,
  WithheldField,
  Withhold,
} from '@rsb/contract';
import { unreachable } from '@rsb/runtime';

/** What a device told that may be withheld; null where it did not. */
export interface DeviceWords {
  readonly address: string;
  readonly macAddress: string | null;
  readonly hostName: string | null;
  readonly location: string | null;
}

export interface WithholdParts {
  readonly withhold: Withhold;
  readonly device: (id: string) => DeviceWords | null;
  /** The same name for the same text at each call, from which the text cannot be found out. */
  readonly alias: (kind: 'device' | 'range', text: string) => string;
}

/** Reason in a reading, at the path of what is not said. */
export const WITHHELD = 'withheld';
/** Stands in a text in the place of a withheld word. */
const GAP = '(withheld)';

export function withholdFrom(kind: ItemKind, body: unknown, parts: WithholdParts): unknown {
  const { withhold, alias } = parts;
  if (!Object.values(withhold).some(Boolean)) return body;
  switch (kind) {
    case 'reading':
      return fromReading(body as SentReading, parts);
    case 'plan':
      return fromPlan(body as Plan, parts);
    case 'deviceEvent':
      return fromEvent(body as DeviceEvent, parts);
    case 'deviceNote': {
      const note = body as DeviceNote;
      const value = note.field === 'location' && withhold.location ? null : note.value;
      return { ...note, device: deviceName(note.device, parts), value } satisfies DeviceNote;
    }
    case 'boxState': {
      const state = body as BoxState;
      // A range is written with addresses.
      const said = <T extends { readonly range: string }>(of: T): T =>
        withhold.address ? { ...of, range: alias('range', of.range) } : of;
      const { unreached } = state;
      return {
        ...state,
        load: state.load.map(said),
        ...(unreached && { unreached: unreached.map(said) }),
      } satisfies BoxState;
    }
    case 'scan':
    case 'proposalResult':
      return body;
    default:
      return unreachable(kind);
  }
}

/** Whether a note that a person wrote stays on the box: sent as null it would wipe out what central knows. */
export const isNoteWithheld = (field: DeviceNote['field'], withhold: Withhold): boolean =>
  field === 'location' && withhold.location;

function fromReading(sent: SentReading, parts: WithholdParts): SentReading {
  const { withhold } = parts;
  const { reading } = sent;
  const known = parts.device(sent.device);
  const own = reading.identity;
  const words: DeviceWords = {
    address: reading.address ?? known?.address ?? '',
    macAddress: own?.macAddress ?? known?.macAddress ?? null,
    hostName: own?.hostName ?? known?.hostName ?? null,
    location: own?.location ?? known?.location ?? null,
  };
  const clean = cleaner(words, withhold);
  const reasons: Record<string, string> = { ...reading.completeness.reasons };
  if (withhold.address) reasons['address'] = WITHHELD;
  return {
    ...sent,
    device: deviceName(sent.device, parts),
    reading: {
      ...reading,
      address: withhold.address ? null : reading.address,
      ...(own && { identity: fromIdentity(own, words, withhold, clean, reasons) }),
      ...(reading.supplies && {
        supplies: reading.supplies.map((supply) => ({ ...supply, description: clean(supply.description) })),
      }),
      ...(reading.alerts && {
        alerts: reading.alerts.map((alert) => ({
          ...alert,
          text: clean(alert.text),
          location: alert.location && { ...alert.location, name: clean(alert.location.name) },
        })),
      }),
      completeness: { ...reading.completeness, reasons },
    },
  };
}

function fromIdentity(
  identity: Identity,
  words: DeviceWords,
  withhold: Withhold,
  clean: Clean,
  reasons: Record<string, string>,
): Identity {
  const gone = (field: keyof Identity) => {
    reasons[`identity.${field}`] = WITHHELD;
    return null;
  };
  const tellsMac = (text: string | null) => withhold.macAddress && holdsMac(text, words.macAddress);
  return {
    ...identity,
    macAddress: withhold.macAddress ? gone('macAddress') : identity.macAddress,
    hostName: withhold.hostName || tellsMac(identity.hostName) ? gone('hostName') : clean(identity.hostName),
    location: withhold.location ? gone('location') : clean(identity.location),
    // Some makers give the hardware address out as the serial number.
    serialNumber: tellsMac(identity.serialNumber) ? gone('serialNumber') : identity.serialNumber,
    assetNumber: clean(identity.assetNumber),
  };
}

function fromPlan(plan: Plan, parts: WithholdParts): Plan {
  const address = parts.device(plan.device)?.address;
  // ipAddrTable names a row by the address (RFC 4293): the column alone is said.
  const bare = (oid: string) =>
    parts.withhold.address && address !== undefined && oid.endsWith(`.${address}`)
      ? oid.slice(0, -address.length - 1)
      : oid;
  const provenance = Object.entries(plan.provenance).map(
    ([path, entry]) => [path, { ...entry, oids: entry.oids.map(bare) }] as const,
  );
  return {
    ...plan,
    device: deviceName(plan.device, parts),
    objects: [...new Set(plan.objects.map(bare))],
    provenance: Object.fromEntries(provenance),
  };
}

const ADDRESS_DETAILS: readonly string[] = ['address', 'otherAddress', 'from', 'to'];
const DEVICE_DETAILS: readonly string[] = ['by', 'other'];

function fromEvent(event: DeviceEvent, parts: WithholdParts): DeviceEvent {
  const { withhold } = parts;
  const mac = event.detail['macAddress'] ?? parts.device(event.device)?.macAddress ?? null;
  const value = (name: string, told: string | null): string | null => {
    if (told === null) return null;
    if (DEVICE_DETAILS.includes(name)) return deviceName(told, parts);
    if (withhold.address && (ADDRESS_DETAILS.includes(name) || isIP(told) !== 0)) return null;
    if (withhold.macAddress && (name === 'macAddress' || holdsMac(told, mac))) return null;
    if (withhold.hostName && name === 'hostName') return null;
    if (withhold.location && name === 'location') return null;
    return told;
  };
  const detail = Object.entries(event.detail).map(([name, told]) => [name, value(name, told)] as const);
  return { ...event, device: deviceName(event.device, parts), detail: Object.fromEntries(detail) };
}

/** The box's own name of a device is made of a serial number, else of its MAC, else of its address: the latter two say it. */
function deviceName(id: string, { withhold, device, alias }: WithholdParts): string {
  const mac = device(id)?.macAddress ?? null;
  const tellsMac = withhold.macAddress && (MAC.test(id) || holdsMac(id, mac));
  const tellsAddress = withhold.address && isIP(id.split('#', 1)[0] ?? '') !== 0;
  return tellsMac || tellsAddress ? alias('device', id) : id;
}

const MAC = /(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}/i;

function holdsMac(text: string | null, mac: string | null): boolean {
  if (text === null) return false;
  if (MAC.test(text)) return true;
  const digits = mac?.replaceAll(/[^0-9a-f]/gi, '').toLowerCase() ?? '';
  return (
    digits.length === 12 &&
    text
      .toLowerCase()
      .replaceAll(/[^0-9a-f]/g, '')
      .includes(digits)
  );
}

type Clean = (text: string | null) => string | null;

/** Shorter words stand in other words by chance. */
const SHORTEST_WORD = 3;
const LONG_WORD = 6;

/** Takes a machine's withheld words out of its other texts: some put the host name or the place into every alert. */
function cleaner(words: DeviceWords, withhold: Withhold): Clean {
  const patterns = (Object.keys(withhold) as WithheldField[]).flatMap((field) => {
    const word = words[field];
    if (!withhold[field] || word === null || word.length < SHORTEST_WORD) return [];
    const literal = word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const whole =
      field === 'address' ? `(?<![\\d.])${literal}(?!\\d)` : `(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`;
    return [new RegExp(field !== 'address' && word.length >= LONG_WORD ? literal : whole, 'giu')];
  });
  const mac = withhold.macAddress ? (words.macAddress?.replaceAll(':', '') ?? '') : '';
  if (mac.length === 12) patterns.push(new RegExp([...mac.matchAll(/../g)].join('[:-]?'), 'gi'));
  return (text) => (text === null ? null : withoutSpans(text, patterns));
}

/** All words are looked for in the text as told: one that lies within another, or across its end, leaves no rest. */
function withoutSpans(text: string, patterns: readonly RegExp[]): string {
  const spans = patterns
    .flatMap((pattern) => [...text.matchAll(pattern)])
    .map(({ index, 0: found }) => ({ from: index, to: index + found.length }))
    .sort((one, other) => one.from - other.from);
  let clean = '';
  let told = 0;
  for (const { from, to } of spans) {
    if (from >= told) clean += text.slice(told, from) + GAP;
    told = Math.max(told, to);
  }
  return clean + text.slice(told);
}
