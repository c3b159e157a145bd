/** The box's side of central: which line leads there, who the box is to it, and the upload of what waits. */
import { isDeepStrictEqual } from 'node:util';
import type { EnrolmentAnswer, Fault } from '@rsb/contract';
import { fault } from '@rsb/contract';
import { type Clock, failure, type Log, type Outcome, type Random, Secret, success } from '@rsb/runtime';
import type { SentPayloads } from '../disclosure/index.ts';
import type { ClockOffset } from '../health/clock-offset.ts';
import {
  type ConnectStep,
  checkLine,
  createUploader,
  type EnrolledIdentity,
  enrol,
  hostOf,
  type Line,
  loadIdentity,
  openLine,
  parseCentralUrl,
  proxyFor,
  type ReportSender,
  type Resolver,
  type UploadStatus,
} from '../line/index.ts';
import type { BeforeEnrolment, Outbox } from '../outbox/index.ts';
import type { ChangeLog, Settings } from '../settings/index.ts';
import type { Facts } from '../store/facts.ts';
import type { Vault } from '../store/vault.ts';

export interface Enrolment {
  readonly agent: string;
  readonly centralKey: string;
  readonly dealer: EnrolmentAnswer['dealer'];
  readonly customer: EnrolmentAnswer['customer'];
  /** Where it was enrolled. */
  readonly url: string;
}

export interface CentralLink {
  enrolment(): Enrolment | null;
  status(): UploadStatus;
  poke(): void;
  /** The settings may name another line now. */
  settingsChanged(): void;
  /** Whether a central answers, over the line that reports take, told step by step. */
  check(url: string, onStep?: (step: ConnectStep) => void): Promise<Outcome<null, Fault>>;
  /** host:port of the proxy on the way to a central; null where it is reached directly. */
  proxyTo(url: string): string | null;
  enrol(request: { readonly url: string; readonly code: string }, who: string): Promise<Outcome<null, Fault>>;
  /** How the box asks central something outside its reports; null until enrolled. */
  way(): { readonly line: Line; readonly sender: ReportSender } | null;
  /** Central says its dealer's and its customer's names anew. */
  saveNames(names: Pick<Enrolment, 'dealer' | 'customer'>): void;
  stop(): Promise<void>;
}

export function createCentralLink(deps: {
  readonly settings: Settings;
  readonly changeLog: ChangeLog;
  readonly vault: Vault;
  readonly facts: Facts;
  readonly outbox: Outbox;
  readonly beforeEnrolment: BeforeEnrolment;
  readonly payloads: SentPayloads;
  readonly offset: ClockOffset;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly version: string;
  readonly resolver: Resolver | undefined;
  readonly onChange: () => void;
  readonly onEnrolled: () => void;
  /** A report has arrived at central. */
  readonly onReached: () => void;
}): CentralLink {
  const { settings, changeLog, vault, facts, outbox, clock, random, log, version, resolver, onChange, onEnrolled } =
    deps;
  let line: { readonly key: string; readonly line: Line | null } | null = null;
  let identity: EnrolledIdentity | null = null;

  const findEnrolment = (): Enrolment | null => {
    const stored = facts.find('enrolment');
    return stored === null ? null : (JSON.parse(stored) as Enrolment);
  };

  const open = (url: string, onStep?: (step: ConnectStep) => void): Outcome<Line, Fault> => {
    const { proxy, ca } = settings.document.central;
    const password = settings.proxyPassword();
    return openLine({
      url,
      clock,
      onDate: (date) => deps.offset.note(date),
      ...(onStep && { onStep }),
      ...(resolver && { resolver }),
      ...(ca !== null && { ca }),
      ...(proxy && {
        proxy: { url: proxy.url, user: proxy.user, password, exceptions: proxy.exceptions },
      }),
    });
  };

  /** Opened anew only when something that it depends on changed. */
  const currentLine = (): Line | null => {
    const { url, proxy, ca } = settings.document.central;
    const key = JSON.stringify([url, proxy, ca, settings.proxyPassword()?.reveal()]);
    if (line?.key === key) return line.line;
    void line?.line?.close();
    const opened = url === null ? null : open(url);
    if (opened && !opened.ok) log.warn('the line to central cannot be opened', { code: opened.error.code });
    line = { key, line: opened?.ok ? opened.value : null };
    return line.line;
  };

  const keyStore = {
    load() {
      const kept = vault.find('boxKey');
      // A new key in its place would lock the box out of central without a word.
      if (kept === null && vault.setAt('boxKey') !== null) throw new Error('the box key cannot be opened');
      return kept?.reveal() ?? null;
    },
    save: (pem: string) => vault.save('boxKey', new Secret(pem)),
  };

  const currentIdentity = (): EnrolledIdentity | null => {
    const enrolment = findEnrolment();
    if (!enrolment || vault.find('boxKey') === null) return null;
    if (identity?.agent !== enrolment.agent) {
      identity = { agent: enrolment.agent, privateKey: loadIdentity(keyStore).privateKey };
    }
    return identity;
  };

  const uploader = createUploader({
    outbox,
    line: currentLine,
    identity: currentIdentity,
    pinnedCentralKey: () => findEnrolment()?.centralKey ?? null,
    clock,
    random,
    log,
    onChange: ({ state }) => {
      onChange();
      if (state === 'reached') deps.onReached();
    },
    keepSent: (sent) => deps.payloads.append(sent),
  });

  /** A box that central revoked or does not know may be enrolled anew, and so may one that goes to another central. */
  const mayEnrol = (url: URL): boolean => {
    const enrolment = findEnrolment();
    if (!enrolment || currentIdentity() === null || URL.parse(enrolment.url)?.href !== url.href) return true;
    return ['boxRevoked', 'boxUnknown'].includes(uploader.status().fault?.code ?? '');
  };

  return {
    enrolment: findEnrolment,
    status: () => uploader.status(),
    poke: () => uploader.poke(),
    settingsChanged: () => uploader.poke(),
    proxyTo(url) {
      const { proxy } = settings.document.central;
      const parsed = parseCentralUrl(url);
      if (!proxy || !parsed.ok) return null;
      const hop = proxyFor(hostOf(parsed.value), { ...proxy, password: null });
      return hop.ok ? (hop.value?.name ?? null) : null;
    },
    async check(url, onStep) {
      const opened = open(url, onStep);
      if (!opened.ok) return opened;
      try {
        return await checkLine(opened.value);
      } finally {
        await opened.value.close();
      }
    },
    async enrol({ url, code }, who) {
      const parsed = parseCentralUrl(url);
      if (!parsed.ok) return failure({ ...parsed.error, field: '/url' });
      if (!mayEnrol(parsed.value)) {
        return failure(fault('alreadyEnrolled', { agent: findEnrolment()?.agent ?? '' }));
      }
      const opened = open(url);
      if (!opened.ok) return opened;
      try {
        // A key that cannot be opened any more belongs to an enrolment that is lost with it.
        if (vault.find('boxKey') === null) vault.save('boxKey', null);
        const { publicKey } = loadIdentity(keyStore);
        const answer = await enrol(opened.value, { code: code.trim(), publicKey, version });
        if (!answer.ok) return failure({ ...answer.error, field: isAboutCode(answer.error) ? '/code' : '/url' });
        const { box: agent, centralKey, dealer, customer } = answer.value;
        const enrolment: Enrolment = { agent, centralKey, dealer, customer, url };
        changeLog.append(who, [{ path: '/enrolment', old: findEnrolment()?.agent ?? '', new: agent }]);
        deps.beforeEnrolment.close(() => outbox.newEpoch());
        facts.save('enrolment', JSON.stringify(enrolment));
        settings.change({ central: { ...settings.document.central, url } }, who);
        log.info('enrolled', { agent });
        onEnrolled();
        uploader.retryNow();
        onChange();
        return success(null);
      } finally {
        await opened.value.close();
      }
    },
    way() {
      const [line, identity, centralKey] = [currentLine(), currentIdentity(), findEnrolment()?.centralKey];
      return line && identity && centralKey !== undefined ? { line, sender: { ...identity, centralKey } } : null;
    },
    saveNames({ dealer, customer }) {
      const enrolment = findEnrolment();
      if (!enrolment || isDeepStrictEqual([enrolment.dealer, enrolment.customer], [dealer, customer])) return;
      facts.save('enrolment', JSON.stringify({ ...enrolment, dealer, customer }));
      onChange();
    },
    async stop() {
      await uploader.stop();
      await line?.line?.close();
    },
  };
}

const isAboutCode = ({ code }: Fault): boolean => ['codeUnknown', 'codeUsed', 'codeExpired'].includes(code);
