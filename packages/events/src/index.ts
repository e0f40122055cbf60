export { isService, nameOf, type Role, roleOf, roles, type Sender, serviceRoles } from './actors'
export type { Changeable } from './changeable'
export {
  type Command,
  type CommandData,
  type CommandOf,
  type CommandType,
  commandData,
  isCommandType,
  type Order,
  type Signature,
  type UnsignedOrder,
} from './commands'
export { contentText, signedText } from './compiled/write-event'
export { commandLimit_bytes, decodeCommand, type Malformed, parseCommand, wrongInEnvelope } from './decode'
export { genesis, idOf, sha256 } from './digest'
export { type EventData, type EventType, eventTypes, isEventType } from './event-data'
export { type LedgerEvent, type LedgerEventOf, type Metadata, Posting, type Proposal, type ProposalOf } from './events'
export { explainErrors } from './explain'
export { closed, open } from './fields'
export { canonicalJson, type Json, unmarked } from './json'
export { observationText, observedIn, signObservation } from './observation'
export type { IndexSettlement, IndexTerms, Observation, Quote, UnsignedObservation, UnsignedQuote } from './oracle'
export { decodeOrder, orderText, signOrder } from './order'
export { decodePublicText, notJson, published, readPublicText } from './public-text'
export { parseQuote, quoteText, saidIn, signQuote, signQuoteAside } from './quote'
export { oneOf, reading, wholeNumber } from './reading'
export { eventCodec, Metadata as EventMetadata, sentCommandCodec } from './schema/documents'
export { commandMeanings, eventMeanings } from './schema/meanings'
export { type Definitions, type Schema, schemaIn } from './schema/schema-of'
export { type Ahead, type CheckAll, type Claim, isFitKey, openAhead, openVerifier, type Verify } from './signature'
export { developmentKey, type SigningKey, signCommand, signCommandAside, signingKey } from './signing'
export { decodeEvent, encodeEvent, eventIdOf, linkHash, type Stored, saidBy, sealEvent } from './stored'
export {
  Consent,
  LiquidationChange,
  LiquidationTerms,
  MarginTerms,
  PoolParameters,
  PoolParametersChange,
} from './terms'
export { Actor, AmountText, Count, Digest, Id, InstantText, Key, LiquidationId, PoolName, Reason } from './text'
export { formatTime, isTime, type Millis, parseTime } from './time'
export { streamOf, topics } from './topics'
export { commandOfToday, currentVersion, type Upcasters } from './upcast'
export { usualModel } from './usual-model'
