/** The local page over TLS. */
export { type Certificates, openCertificates, type ServerIdentity } from './certificates.ts';
export { answerTlsOn, type SecureSide } from './one-port.ts';
