import { Empty } from '@eventstore/db-client/generated/shared_pb'
import { type AppendReq, AppendResp } from '@eventstore/db-client/generated/streams_pb'
import type { handleClientStreamingCall } from '@grpc/grpc-js'
import type { Access } from './access'
import { asCallError, deleted, invalid } from './call-error'
import type { FaultyHandling } from './faults'
import type { Log } from './log'
import { extend, openProposal, type Proposal } from './propose'
import type { Expected, Outcome } from './record'
import { expectedOf, nameOf } from './wire'

const wrongVersion = (expected: Expected, actual: number): AppendResp.WrongExpectedVersion => {
  const answer = new AppendResp.WrongExpectedVersion()
  if (actual < 0) answer.setCurrentNoStream(new Empty())
  else answer.setCurrentRevision(String(actual))
  if (expected === 'any') return answer.setExpectedAny(new Empty())
  if (expected === 'no-stream') return answer.setExpectedNoStream(new Empty())
  if (expected === 'stream-exists') return answer.setExpectedStreamExists(new Empty())
  return answer.setExpectedRevision(String(expected))
}

const answer = ({ stream, expected }: Proposal, outcome: Outcome): AppendResp => {
  switch (outcome.tag) {
    case 'appended': {
      const position = String(outcome.position)
      const at = new AppendResp.Position().setCommitPosition(position).setPreparePosition(position)
      const success = new AppendResp.Success().setPosition(at)
      return new AppendResp().setSuccess(
        outcome.revision < 0 ? success.setNoStream(new Empty()) : success.setCurrentRevision(String(outcome.revision)),
      )
    }
    case 'wrong-version':
      return new AppendResp().setWrongExpectedVersion(wrongVersion(expected, outcome.actual))
    case 'deleted':
      throw deleted(stream)
  }
}

const begin = (request: AppendReq): Proposal => {
  const options = request.getOptions()
  if (options === undefined) throw invalid('the options come first')
  const revision = options.hasRevision() ? options.getRevision() : undefined
  return openProposal(nameOf(options.getStreamIdentifier()), expectedOf(options, revision))
}

/** What an append is held to. */
export interface Appending {
  readonly log: Log
  readonly faults: FaultyHandling
  readonly access: Access
  readonly limit_bytes: number
}

/** One append a call: its options, then its events one by one. */
export const handleAppend =
  ({ log, faults, access, limit_bytes }: Appending): handleClientStreamingCall<AppendReq, AppendResp> =>
  async (call, callback) => {
    try {
      const caller = access.callerOf(call.metadata)
      let proposal: Proposal | undefined
      for await (const request of call as AsyncIterable<AppendReq>) {
        const message = request.getProposedMessage()
        if (proposal === undefined) proposal = begin(request)
        else if (message === undefined) throw invalid('after the options, events')
        else extend(proposal, [message], limit_bytes)
      }
      if (proposal === undefined) throw invalid('an append needs its options')
      const { stream, expected, events } = proposal
      access.check(caller, '$w', stream)
      const outcome = await faults.meet('append', () => log.append(stream, expected, events))
      callback(null, answer(proposal, outcome))
    } catch (error) {
      callback(asCallError(error))
    }
  }
