/** The codec in one place, for an agent (the simulator), tools and tests. */

export { encodeFirstRequest } from './first-request.ts';
export * from './pdu.ts';
export { decodeRequest, encodeRequest, type Request } from './request.ts';
export {
  type DecodedVarbind,
  decodeResponse,
  encodeResponse,
  type Response,
  type ResponseToEncode,
} from './response.ts';
export type { ValueProblem } from './value-octets.ts';
export { LONGEST_RESPONSE } from './varbinds.ts';
