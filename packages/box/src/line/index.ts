/** The line to central: the connection, enrolment, and the upload of what waits in the outbox. */
export type { LineFailure } from './answer.ts';
export { type ConnectStep, type Resolver, systemResolver } from './connector.ts';
export { type EnrolmentOffer, enrol } from './enrol.ts';
export { type BoxIdentity, type KeyStore, loadIdentity } from './identity.ts';
export { checkLine, type Line, type LineOptions, type LineRequest, openLine } from './line.ts';
export { askProposals } from './proposals.ts';
export { type ProxySetting, proxyFor } from './proxy.ts';
export { parseCentralKey, type ReportSender, sendReport } from './report.ts';
export { contentDigest, type RequestToSign, type SigningKey, signRequest } from './signature.ts';
export { parseAuthorities } from './trust.ts';
export {
  createUploader,
  type EnrolledIdentity,
  type SentReport,
  type Uploader,
  type UploaderOptions,
  type UploadState,
  type UploadStatus,
} from './uploader.ts';
export { hostOf, parseCentralUrl, parseProxyUrl } from './url.ts';
