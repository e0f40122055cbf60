export {
  type Checkpoint,
  checkpointLine,
  readPrivateKey,
  readPublicKey,
  signCheckpoint,
  statementAt,
} from './checkpoints/checkpoint'
export { readCheckpoints } from './checkpoints/witness'

export { type Diff, diff } from './diff/diff'
export type { BalanceDifference, Differences, StatusDifference } from './diff/differences'
export type { Movements } from './diff/movements'
export { disclosure } from './disclosure/disclosure'
export type { Disclosure, Figure } from './disclosure/figure'
export type { AccountStory, Chapter } from './explain/account-story'
export type { Effect, EventStory } from './explain/event-story'
export { type ExplainAsked, explain, type Story } from './explain/explain'
export { isDueFor } from './explain/involved'
export type { Bond, KeyStory, SignedBy } from './explain/key-story'
export type { Origin } from './explain/lineage'
export type { Located } from './explain/locate'
export type { Margin } from './explain/margin'
export type { PriceStory } from './explain/price-story'
export type { Source, Sources } from './explain/sources'
export { type Place, readPlace } from './place'
export { type EventFilter, fits } from './reading/event-filter'
export { atOf, firstAt, revisionSince } from './reading/first-at'
export { upTo } from './reading/up-to'
export { folderShelf, type Label, type OwnShelf, type Shelf } from './snapshots/shelf'
export { foldOn, type ReadFrom, type StateAt, stateAt, stateBefore, takeSnapshots } from './snapshots/state-at'
export { exportForms } from './transfer/export-lines'
export { type Check, checks } from './verify/checks'
export { type InPieces, inOnePass, verifyInPieces } from './verify/parallel/in-pieces'
export { startThreads } from './verify/parallel/threads'
export { resumeCourse } from './verify/suspended'
export type { CheckResult, Suspended, Verification, VerifyOptions, Witness } from './verify/verification'
export { verify, verifyFrom } from './verify/verify'
export type { History, Progress, Walk } from './walk'
export { type Overrides, readOverrides } from './what-if/overrides'
export type { Outcome } from './what-if/tally'
export { BadOverrides, type Changed, type WhatIf, whatIf } from './what-if/what-if'
