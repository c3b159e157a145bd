/**
 * From the cable to central, step by step: what is right, and of what is not one sentence that the customer's IT can act on.
 * Link, address and clock are looked at without a packet; names, proxy, TLS and central by one connection.
 */
import type { Fault, LineFinding, LineStep } from '@rsb/contract';
import { type Locale, m } from '@rsb/messages';
import { wordFault } from '@rsb/messages/fault';
import type { Clock, Outcome } from '@rsb/runtime';
import type { ConnectStep } from '../line/index.ts';
import { isVirtualInterface } from '../service/networks.ts';
import type { Surroundings } from './surroundings.ts';

export interface LineCheckParts {
  readonly locale: Locale;
  readonly clock: Clock;
  readonly zone: string;
  readonly around: Surroundings;
  /** Null where no central is named yet. */
  readonly central: {
    readonly url: string;
    /** host:port of the proxy on the way; null where there is none. */
    readonly proxy: string | null;
    /** One connection, told step by step. */
    readonly connect: (onStep: (step: ConnectStep) => void) => Promise<Outcome<null, Fault>>;
    /** Seconds by which this clock is ahead of central's, as its answer told; null where it did not. */
    readonly offset: () => number | null;
  } | null;
  readonly report: (finding: LineFinding) => void;
}

/** Before the day this line was written no clock can be right. */
const EARLIEST = Date.UTC(2026, 10, 25);
/** Half of what central's signatures and people notice. */
const LARGEST_OFFSET = 150;

export async function runLineCheck(parts: LineCheckParts): Promise<void> {
  const { report, central, locale } = parts;
  report(lookAtLink(parts));
  report(lookAtAddress(parts));
  const clock = lookAtClock(parts);
  if (central === null) {
    report(lookAtNameServers(parts));
    report(clock);
    report(skipped('proxy', m.line_skip_no_central({}, { locale })));
    report(skipped('tls', m.line_skip_no_central({}, { locale })));
    report({ step: 'central', state: 'limits', text: m.doctor_central_none({}, { locale }) });
    return;
  }
  report(clock);
  await lookAtCentral(parts, central);
}

const skipped = (step: LineStep, text: string): LineFinding => ({ step, state: 'skipped', text });

function lookAtLink({ around, locale }: LineCheckParts): LineFinding {
  const names = around.names().filter((name) => !isVirtualInterface(name));
  const linked = names.filter((name) => around.carrier(name) !== false);
  if (linked.length === 0) return { step: 'link', state: 'fails', text: m.line_link_none({}, { locale }) };
  return { step: 'link', state: 'ok', text: m.line_link_ok({ interface: linked.join(', ') }, { locale }) };
}

function addressesOf(around: Surroundings): readonly { readonly name: string; readonly address: string }[] {
  return Object.entries(around.interfaces()).flatMap(([name, addresses = []]) =>
    isVirtualInterface(name)
      ? []
      : addresses.flatMap(({ family, internal, address }) =>
          internal || family !== 'IPv4' || address.startsWith('169.254.') ? [] : [{ name, address }],
        ),
  );
}

function lookAtAddress({ around, locale }: LineCheckParts): LineFinding {
  const [own] = addressesOf(around);
  if (!own) return { step: 'address', state: 'fails', text: m.line_address_none({}, { locale }) };
  const router = around.router();
  const shown = { address: own.address, interface: own.name };
  if (router === null) return { step: 'address', state: 'limits', text: m.line_address_no_router(shown, { locale }) };
  return { step: 'address', state: 'ok', text: m.line_address_ok({ ...shown, router }, { locale }) };
}

function lookAtNameServers({ around, locale }: LineCheckParts): LineFinding {
  const servers = around.nameServers().join(', ');
  if (servers === '') return { step: 'names', state: 'fails', text: m.line_names_none({}, { locale }) };
  return { step: 'names', state: 'ok', text: m.line_names_set({ servers }, { locale }) };
}

function lookAtClock({ clock, zone, locale }: LineCheckParts): LineFinding {
  const now = clock.now();
  // As a watch on the wall says it: it is held against one.
  const time = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: zone }).format(now);
  if (now < EARLIEST) return { step: 'clock', state: 'limits', text: m.doctor_clock_wrong({ time }, { locale }) };
  return { step: 'clock', state: 'ok', text: m.doctor_clock_ok({ time, zone }, { locale }) };
}

async function lookAtCentral(parts: LineCheckParts, central: NonNullable<LineCheckParts['central']>): Promise<void> {
  const { locale, report, around } = parts;
  const { url, proxy } = central;
  const parsed = URL.parse(url);
  const host = parsed?.hostname ?? url;
  const isSecure = parsed?.protocol === 'https:';
  const reached = new Set<ConnectStep>();
  const steps: LineStep[] = ['names', 'proxy', 'tls', 'central'];
  const tell = (step: LineStep, state: LineFinding['state'], text: string) => {
    const at = steps.indexOf(step);
    if (at < 0) return;
    // What lies before a step that was reached is right, or not on the way.
    for (const before of steps.splice(0, at)) passed(before);
    steps.shift();
    report({ step, state, text });
  };
  const passed = (step: LineStep) => {
    if (step === 'names' && reached.has('name')) {
      report({ step, state: 'ok', text: m.line_names_ok({ host: proxy ?? host }, { locale }) });
    } else if (step === 'proxy' && proxy === null) report(skipped(step, m.line_proxy_none({}, { locale })));
    else if (step === 'proxy' && reached.has('tunnel')) {
      report({ step, state: 'ok', text: m.line_proxy_ok({ proxy: proxy ?? '' }, { locale }) });
    } else if (step === 'tls' && !isSecure) report(skipped(step, m.line_tls_loopback({}, { locale })));
    else if (step === 'tls' && reached.has('tls')) {
      report({ step, state: 'ok', text: m.line_tls_ok({ host }, { locale }) });
    } else report(skipped(step, m.line_skip_after({}, { locale })));
  };
  const answer = await central.connect((step) => {
    reached.add(step);
    if (step === 'name') tell('names', 'ok', m.line_names_ok({ host: proxy ?? host }, { locale }));
    if (step === 'tunnel') tell('proxy', 'ok', m.line_proxy_ok({ proxy: proxy ?? '' }, { locale }));
    if (step === 'tls') tell('tls', 'ok', m.line_tls_ok({ host }, { locale }));
  });
  if (answer.ok) {
    tell('central', 'ok', m.doctor_central_ok({ url }, { locale }));
    const offset = central.offset();
    if (offset !== null && Math.abs(offset) > LARGEST_OFFSET) {
      const minutes = Math.round(Math.abs(offset) / 60);
      const text =
        offset > 0 ? m.line_clock_ahead({ minutes }, { locale }) : m.line_clock_behind({ minutes }, { locale });
      report({ step: 'clock', state: 'limits', text });
    }
    return;
  }
  const step = stepOf(answer.error, reached, proxy !== null);
  tell(step, 'fails', `${wordFault(answer.error, locale)}${needs(answer.error, parts, around)}`);
  for (const rest of steps) report(skipped(rest, m.line_skip_after({}, { locale })));
}

/** Where on the way a fault belongs. */
function stepOf(found: Fault, reached: ReadonlySet<ConnectStep>, hasProxy: boolean): LineStep {
  switch (found.code) {
    case 'lineNameNotFound':
      return 'names';
    case 'lineProxyLogin':
    case 'lineProxyRefused':
      return 'proxy';
    case 'lineIssuerUnknown':
    case 'lineCertificateNotYetValid':
    case 'lineCertificateExpired':
    case 'lineWrongHost':
    case 'lineTls':
      return 'tls';
    case 'lineRefused':
    case 'lineTimeout':
      return hasProxy && !reached.has('tunnel') ? 'proxy' : 'central';
    default:
      return 'central';
  }
}

/** What has to be let through, for who runs the firewall. */
function needs(found: Fault, { central, locale }: LineCheckParts, around: Surroundings): string {
  const url = central && URL.parse(central.url);
  const [own] = addressesOf(around);
  if (!url || !own || !['lineRefused', 'lineTimeout', 'lineBroken', 'lineTls'].includes(found.code)) return '';
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return ` ${m.line_needs({ address: own.address, host: url.hostname, port }, { locale })}`;
}
