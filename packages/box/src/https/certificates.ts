/** The certificate of the local page: the box's own, renewed by itself, or one that the customer brings. */
import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { type CertificateInput, type CertificateView, type Fault, fault } from '@rsb/contract';
import { type Clock, failure, instant, isoInstant, type Outcome, type Random, Secret, success } from '@rsb/runtime';
import ipaddr from 'ipaddr.js';
import { parseAuthorities } from '../line/index.ts';
import type { Facts } from '../store/facts.ts';
import type { Vault } from '../store/vault.ts';
import { makeCertificate } from './make-certificate.ts';

export interface ServerIdentity {
  readonly cert: string;
  readonly key: string;
}

export interface Certificates {
  current(): ServerIdentity;
  view(): CertificateView;
  /** Makes the own certificate anew where it runs out or names other hosts; the key stays. */
  renew(): Promise<void>;
  useCustomers(input: CertificateInput): Outcome<null, Fault>;
  /** Back to the box's own. */
  useOwn(): void;
  onChange(listener: (identity: ServerIdentity) => void): void;
}

const DAY = 86_400_000;
/** Apple's longest for a server certificate. */
const LIFETIME = 825 * DAY;
const RENEW_BEFORE = 60 * DAY;
/** Before this day a clock cannot be right: a box that boots in 1970 must not make a certificate that has run out. */
const EARLIEST = Date.UTC(2026, 10, 1);
const SERIAL_BYTES = 16;

export async function openCertificates(deps: {
  readonly vault: Vault;
  readonly facts: Facts;
  readonly clock: Clock;
  readonly random: Random;
  /** Names and addresses under which the page is reached. */
  readonly hosts: () => readonly string[];
}): Promise<Certificates> {
  const { vault, facts, clock, random, hosts } = deps;
  const listeners: ((identity: ServerIdentity) => void)[] = [];

  const ownKey = (): string => {
    const kept = vault.find('tlsKey')?.reveal();
    if (kept) return kept;
    const fresh = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    const pem = fresh.export({ type: 'pkcs8', format: 'pem' }).toString();
    vault.save('tlsKey', new Secret(pem));
    facts.save('tlsCertificate', null);
    return pem;
  };

  const isFresh = (pem: string | null): boolean => {
    if (pem === null) return false;
    const certificate = new X509Certificate(pem);
    const wanted = [...new Set(hosts().map(plainHost))].sort().join(' ');
    return (
      certificate.validToDate.getTime() - clock.now() > RENEW_BEFORE && hostsOf(certificate).sort().join(' ') === wanted
    );
  };

  const customers = (): ServerIdentity | null => {
    const cert = facts.find('customerCertificate');
    const key = vault.find('customerKey')?.reveal();
    return cert !== null && key !== undefined ? { cert, key } : null;
  };

  const current = (): ServerIdentity =>
    customers() ?? { cert: facts.find('tlsCertificate') ?? '', key: vault.find('tlsKey')?.reveal() ?? '' };

  const changed = () => {
    for (const listener of listeners) listener(current());
  };

  const renew = async () => {
    const key = ownKey();
    if (isFresh(facts.find('tlsCertificate'))) return;
    const from = Math.max(clock.now(), EARLIEST);
    const pem = await makeCertificate({
      key: createPrivateKey(key),
      commonName: 'Remote Service Box',
      hosts: hosts(),
      // A reader's clock may be behind by a day.
      notBefore: new Date(from - DAY),
      notAfter: new Date(from + LIFETIME),
      serial: random.bytes(SERIAL_BYTES),
    });
    facts.save('tlsCertificate', pem);
    if (customers() === null) changed();
  };

  await renew();
  return {
    current,
    renew,
    view() {
      const certificate = new X509Certificate(current().cert);
      return {
        kind: customers() === null ? 'own' : 'customer',
        subject: commonNameOf(certificate.subject),
        issuer: commonNameOf(certificate.issuer),
        hosts: hostsOf(certificate),
        from: isoInstant(instant(certificate.validFromDate.getTime())),
        until: isoInstant(instant(certificate.validToDate.getTime())),
        fingerprint: certificate.fingerprint256,
      };
    },
    useCustomers({ certificate: pem, key: keyPem }) {
      const chain = parseAuthorities(pem);
      const [first] = chain.ok ? chain.value : [];
      if (first === undefined) return failure(fault('certificateInvalid', {}, '/certificate'));
      const certificate = new X509Certificate(first);
      const key = privateKeyIn(keyPem);
      if (key === null) return failure(fault('privateKeyInvalid', {}, '/key'));
      if (!certificate.checkPrivateKey(key)) return failure(fault('privateKeyForeign', {}, '/key'));
      if (certificate.validToDate.getTime() <= clock.now()) {
        const day = isoInstant(instant(certificate.validToDate.getTime())).slice(0, 10);
        return failure(fault('certificateRunOut', { day }, '/certificate'));
      }
      vault.save('customerKey', new Secret(key.export({ type: 'pkcs8', format: 'pem' }).toString()));
      facts.save('customerCertificate', (chain.ok ? chain.value : []).join(''));
      changed();
      return success(null);
    },
    useOwn() {
      vault.save('customerKey', null);
      facts.save('customerCertificate', null);
      changed();
    },
    onChange: (listener) => {
      listeners.push(listener);
    },
  };
}

/** An encrypted key is refused like one that cannot be read: nobody would be there to type its passphrase at a start. */
function privateKeyIn(pem: string) {
  try {
    return createPrivateKey(pem);
  } catch {
    return null;
  }
}

const commonNameOf = (name: string): string => /^CN=(.*)$/m.exec(name)?.[1] ?? name.replaceAll('\n', ', ');

/** OpenSSL writes IPv6 out in full. */
const plainHost = (host: string): string => (ipaddr.isValid(host) ? ipaddr.parse(host).toString() : host.toLowerCase());

function hostsOf({ subjectAltName = '' }: X509Certificate): string[] {
  return subjectAltName
    .split(', ')
    .map((entry) => /^(?:DNS|IP Address):(.*)$/.exec(entry)?.[1] ?? '')
    .filter((host) => host !== '')
    .map(plainHost);
}
