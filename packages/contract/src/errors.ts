/**
 * The one catalogue of errors: what each means for the caller. Wording lives in `messages` under `error_CODE`;
 * `docs/reference/errors.md` is checked against this list.
 */

export interface ErrorEntry {
  /** HTTP status where the error answers a request. */
  readonly status: number;
  /** Whether the same call may succeed later without anybody changing anything. */
  readonly retry: boolean;
  /** Who can mend it. */
  readonly acts: 'reader' | 'technician' | 'customerIt' | 'dealer' | 'nobody' | 'developer';
  /** Names of the values that the wording shows. */
  readonly params: readonly string[];
}

const entry = (
  status: number,
  acts: ErrorEntry['acts'],
  params: readonly string[] = [],
  retry = false,
): ErrorEntry => ({ status, retry, acts, params });

export const ERRORS = {
  // asking a printer
  noAnswer: entry(504, 'technician', ['address'], true),
  noRoute: entry(504, 'technician', [], true),
  wrongCommunity: entry(502, 'technician', ['address']),
  userUnknown: entry(502, 'technician'),
  digestWrong: entry(502, 'technician'),
  decryptionFailed: entry(502, 'technician'),
  levelUnsupported: entry(502, 'technician'),
  accessMissing: entry(502, 'technician'),
  timeWindow: entry(502, 'technician', [], true),
  engineUnknown: entry(502, 'nobody', [], true),
  notPrinter: entry(422, 'reader', ['address']),
  answersAnything: entry(422, 'technician'),
  notTold: entry(422, 'nobody'),
  partRefused: entry(422, 'nobody'),
  answerMalformed: entry(502, 'nobody'),
  answerTruncated: entry(502, 'nobody', [], true),
  tookTooLong: entry(504, 'nobody', [], true),
  checkFailed: entry(422, 'nobody'),
  withheld: entry(422, 'reader'),
  notAsked: entry(422, 'reader'),
  // ranges and settings
  rangeInvalid: entry(422, 'reader', ['range', 'detail']),
  rangeTooLarge: entry(422, 'reader', ['range', 'addresses', 'most']),
  rangeOverlap: entry(422, 'reader', ['range', 'other']),
  rangeEmpty: entry(422, 'reader'),
  readsNothing: entry(422, 'reader'),
  rangePublic: entry(422, 'reader', ['range']),
  addressOutside: entry(422, 'reader', ['address']),
  testRunning: entry(409, 'nobody', [], true),
  credentialUnknown: entry(422, 'reader', ['id']),
  credentialMissing: entry(422, 'reader', ['id']),
  userNameMissing: entry(422, 'reader'),
  userNameTooLong: entry(422, 'reader', ['most']),
  passphraseMissing: entry(422, 'reader'),
  passphraseTooShort: entry(422, 'reader', ['least']),
  privacyWithoutAuth: entry(422, 'reader'),
  zoneUnknown: entry(422, 'reader', ['zone']),
  urlInvalid: entry(422, 'reader', ['url']),
  urlInsecure: entry(422, 'reader', ['url']),
  certificateInvalid: entry(422, 'reader'),
  certificateRunOut: entry(422, 'reader', ['day']),
  privateKeyInvalid: entry(422, 'reader'),
  privateKeyForeign: entry(422, 'reader'),
  secureNeeded: entry(403, 'reader', ['url']),
  personTaken: entry(409, 'reader', ['name']),
  lastAdministrator: entry(409, 'reader'),
  dayPast: entry(422, 'reader'),
  backupInvalid: entry(422, 'reader', ['detail']),
  backupNewer: entry(422, 'reader'),
  backupPassphraseWrong: entry(422, 'reader'),
  fieldInvalid: entry(422, 'reader', ['path', 'detail']),
  settingsStale: entry(412, 'reader'),
  revisionMissing: entry(428, 'developer'),
  // people
  setupCodeNeeded: entry(403, 'technician'),
  setupCodeWrong: entry(403, 'technician'),
  setupDone: entry(409, 'reader'),
  passwordTooShort: entry(422, 'reader', ['least']),
  passwordWrong: entry(401, 'reader'),
  signInNeeded: entry(401, 'reader'),
  notAllowed: entry(403, 'reader'),
  csrfRefused: entry(403, 'reader'),
  tooManyRequests: entry(429, 'nobody', ['seconds'], true),
  hostRefused: entry(421, 'technician', ['host']),
  // requests
  bodyInvalid: entry(400, 'developer', ['detail']),
  bodyTooLarge: entry(413, 'developer'),
  notFound: entry(404, 'reader'),
  methodNotAllowed: entry(405, 'developer'),
  unsupportedMedia: entry(415, 'developer'),
  scanRunning: entry(409, 'nobody', [], true),
  noRanges: entry(409, 'technician'),
  notMonitored: entry(409, 'reader'),
  storageFull: entry(507, 'technician', [], true),
  internal: entry(500, 'developer', ['reference'], true),
  // the line from box to central
  centralNotSet: entry(409, 'technician'),
  lineNameNotFound: entry(502, 'customerIt', ['host'], true),
  lineRefused: entry(502, 'customerIt', ['host', 'port'], true),
  lineTimeout: entry(504, 'customerIt', ['host'], true),
  lineProxyLogin: entry(502, 'customerIt', ['proxy'], true),
  lineProxyRefused: entry(502, 'customerIt', ['proxy', 'status'], true),
  lineIssuerUnknown: entry(502, 'customerIt', ['host'], true),
  lineCertificateNotYetValid: entry(502, 'technician', ['host'], true),
  lineCertificateExpired: entry(502, 'dealer', ['host'], true),
  lineWrongHost: entry(502, 'dealer', ['host'], true),
  lineTls: entry(502, 'customerIt', ['host', 'detail'], true),
  lineCaptivePortal: entry(502, 'customerIt', ['host'], true),
  lineBroken: entry(502, 'nobody', ['host', 'detail'], true),
  centralAnswerUnexpected: entry(502, 'dealer', ['status'], true),
  receiptInvalid: entry(502, 'dealer', [], true),
  // enrolment and ingest at central
  codeUnknown: entry(403, 'technician'),
  codeUsed: entry(403, 'dealer'),
  codeExpired: entry(403, 'dealer'),
  keyInvalid: entry(422, 'developer'),
  alreadyEnrolled: entry(409, 'technician', ['agent']),
  boxUnknown: entry(401, 'dealer'),
  boxRevoked: entry(403, 'dealer'),
  signatureInvalid: entry(401, 'dealer'),
  digestMismatch: entry(400, 'nobody', [], true),
  reportInvalid: entry(400, 'developer', ['detail']),
  itemInvalid: entry(422, 'developer'),
  itemKindUnknown: entry(422, 'developer'),
  itemDigestMismatch: entry(422, 'developer'),
  itemConflict: entry(409, 'dealer'),
  storeBusy: entry(503, 'nobody', [], true),
  // what central proposes to a box
  proposalEmpty: entry(422, 'reader'),
  proposalEnded: entry(409, 'dealer'),
  proposalAnswered: entry(409, 'reader'),
  proposalUnknown: entry(422, 'dealer'),
  proposalSealBroken: entry(422, 'dealer'),
  proposalDeclined: entry(422, 'reader'),
  proposalsOff: entry(422, 'reader'),
  proposalInterrupted: entry(500, 'nobody', [], true),
  captureTooLarge: entry(422, 'technician', ['most']),
  proposalSignatureInvalid: entry(502, 'dealer', [], true),
  // people, places and programs at central
  accountNameTaken: entry(409, 'reader', ['name']),
  lastAdmin: entry(409, 'reader'),
  passkeyRefused: entry(401, 'reader'),
  passkeyInvalid: entry(422, 'reader'),
  passkeysNotHere: entry(409, 'dealer'),
  passkeysFull: entry(409, 'reader', ['most']),
  lastWayIn: entry(409, 'reader'),
  signInAnew: entry(403, 'reader'),
  customerNeeded: entry(422, 'reader'),
  customerUnwanted: entry(422, 'reader'),
  invitationUnknown: entry(403, 'dealer'),
  tokenInvalid: entry(401, 'developer'),
  scopeMissing: entry(403, 'developer', ['scope']),
  siteInUse: entry(409, 'reader'),
  agencyInUse: entry(409, 'reader'),
  boxHasLeft: entry(409, 'reader', ['agent']),
  sameCustomer: entry(422, 'reader'),
  changedElsewhere: entry(412, 'reader'),
  cursorInvalid: entry(422, 'developer'),
  idempotencyMismatch: entry(422, 'developer'),
  idempotencyRunning: entry(409, 'nobody', [], true),
  // alerts and their delivery
  ruleIdTwice: entry(422, 'reader', ['id']),
  ruleMarksCrossed: entry(422, 'reader', ['raise', 'clear']),
  ruleQuietEmpty: entry(422, 'reader', ['time']),
  rulePlaceUnknown: entry(422, 'reader', ['id']),
  mailAddressInvalid: entry(422, 'reader', ['address']),
  mailServerMissing: entry(409, 'dealer'),
  mailServerInsecure: entry(422, 'reader', ['host']),
  webhookUrlInvalid: entry(422, 'reader', ['url']),
  webhookPrivate: entry(422, 'reader', ['host']),
  alertNotOpen: entry(409, 'reader'),
  alertStillHolds: entry(409, 'reader'),
  snoozeInvalid: entry(422, 'reader'),
  personUnknown: entry(422, 'reader', ['name']),
  // import of a fleet
  importEmpty: entry(422, 'reader'),
  importNotCsv: entry(422, 'reader'),
  importTooLong: entry(422, 'reader', ['most']),
  importColumnMissing: entry(422, 'reader', ['column']),
  importColumnTwice: entry(422, 'reader', ['column', 'head', 'other']),
  lineSerialMissing: entry(422, 'reader'),
  lineSerialInvalid: entry(422, 'reader', ['serial']),
  lineSerialTwice: entry(422, 'reader', ['serial', 'line']),
  lineSerialElsewhere: entry(422, 'reader', ['serial', 'customer']),
  lineServiceIdTwice: entry(422, 'reader', ['serviceId', 'serial']),
  lineCustomerMissing: entry(422, 'reader'),
  lineCustomerAmbiguous: entry(422, 'reader', ['customer']),
  lineQuoteOpen: entry(422, 'reader'),
  lineCounterInvalid: entry(422, 'reader', ['value']),
  lineDateInvalid: entry(422, 'reader', ['value']),
  lineTooManyFields: entry(422, 'reader', ['fields', 'expected']),
  lineTextTooLong: entry(422, 'reader', ['column', 'most']),
  // starting a program
  portTaken: entry(500, 'technician', ['port', 'address']),
  folderInUse: entry(500, 'technician', ['path', 'pid']),
  folderUnusable: entry(500, 'technician', ['path', 'detail']),
  databaseUnusable: entry(500, 'dealer', ['detail']),
  usage: entry(400, 'reader', ['detail']),
  fileUnusable: entry(400, 'reader', ['path', 'detail']),
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof ERRORS;
export const ERROR_CODES = Object.keys(ERRORS) as readonly ErrorCode[];

export type ErrorParams = Readonly<Record<string, string | number>>;

/** An expected failure, as a value. `field` is a JSON pointer into what was sent, for a message at its place. */
export interface Fault {
  readonly code: ErrorCode;
  readonly params: ErrorParams;
  readonly field?: string;
}

export const fault = (code: ErrorCode, params: ErrorParams = {}, field?: string): Fault =>
  field === undefined ? { code, params } : { code, params, field };

/** RFC 9457 body. `title` is filled in the reader's language by who answers. */
export interface ProblemDetails {
  readonly type: `urn:rsb:${ErrorCode}`;
  readonly title: string;
  readonly status: number;
  readonly code: ErrorCode;
  readonly params: ErrorParams;
  readonly errors?: readonly Fault[];
}
