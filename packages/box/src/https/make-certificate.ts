/** A certificate that the box signs itself, for the names and addresses under which it is reached (RFC 5280). */
import { createPublicKey, type KeyObject, sign } from 'node:crypto';
import { isIP } from 'node:net';

export interface CertificateContents {
  readonly key: KeyObject;
  readonly commonName: string;
  /** Host names and addresses, for the subject alternative names. */
  readonly hosts: readonly string[];
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly serial: Uint8Array;
}

const ECDSA_WITH_SHA256 = '1.2.840.10045.4.3.2';
const COMMON_NAME = '2.5.4.3';

/** The key is of the curve P-256. */
export async function makeCertificate(contents: CertificateContents): Promise<string> {
  // Loaded where a certificate is made, which is seldom.
  const [x509, { AsnConvert, OctetString }] = await Promise.all([
    import('@peculiar/asn1-x509'),
    import('@peculiar/asn1-schema'),
  ]);
  const { key, commonName, hosts, notBefore, notAfter, serial } = contents;
  const name = new x509.Name([
    new x509.RelativeDistinguishedName([
      new x509.AttributeTypeAndValue({
        type: COMMON_NAME,
        value: new x509.AttributeValue({ utf8String: commonName }),
      }),
    ]),
  ]);
  const algorithm = new x509.AlgorithmIdentifier({ algorithm: ECDSA_WITH_SHA256 });
  const extension = (id: string, critical: boolean, value: unknown) =>
    new x509.Extension({ extnID: id, critical, extnValue: new OctetString(AsnConvert.serialize(value)) });
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const body = new x509.TBSCertificate({
    version: x509.Version.v3,
    serialNumber: exactly(positive(serial)),
    signature: algorithm,
    issuer: name,
    subject: name,
    validity: new x509.Validity({ notBefore, notAfter }),
    subjectPublicKeyInfo: AsnConvert.parse(exactly(publicKey), x509.SubjectPublicKeyInfo),
    extensions: new x509.Extensions([
      // Not an authority: nobody who trusts it trusts anything else by it.
      extension(x509.id_ce_basicConstraints, true, new x509.BasicConstraints({ cA: false })),
      extension(x509.id_ce_keyUsage, true, new x509.KeyUsage(x509.KeyUsageFlags.digitalSignature)),
      extension(x509.id_ce_extKeyUsage, false, new x509.ExtendedKeyUsage([x509.id_kp_serverAuth])),
      extension(
        x509.id_ce_subjectAltName,
        false,
        new x509.SubjectAlternativeName(
          hosts.map((host) => new x509.GeneralName(isIP(host) ? { iPAddress: host } : { dNSName: host })),
        ),
      ),
    ]),
  });
  const signed = AsnConvert.serialize(body);
  const whole = new x509.Certificate({
    tbsCertificate: body,
    signatureAlgorithm: algorithm,
    signatureValue: exactly(sign('sha256', Buffer.from(signed), key)),
  });
  const lines =
    Buffer.from(AsnConvert.serialize(whole))
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

/** RFC 5280 §4.1.2.2: a positive integer; its first octet is neither 0 nor above 127. */
function positive(serial: Uint8Array): Uint8Array {
  const bytes = Uint8Array.from(serial);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes;
}

const exactly = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer;
