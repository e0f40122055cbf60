export {
  type Checkpoint,
  checkpointLine,
  fingerprintOf,
  readPrivateKey,
  readPublicKey,
  signCheckpoint,
  statementAt,
} from './checkpoints/checkpoint'
export { checkpointWitness, readCheckpoints } from './checkpoints/witness'
export { postingsHeader, postingsRows } from './transfer/postings-csv'
export { type Check, checkNames, checks } from './verify/checks'
export type { CheckResult, Verification, VerifyOptions, Witness } from './verify/verification'
export { verify } from './verify/verify'
export type { History, Progress, Walk } from './walk'
