import { checks as meanings, type Verification } from '@novation/audit'

const marks = { held: 'held', broken: 'BROKEN', ended: 'could not go on', 'not-asked': 'not asked' } as const

const conclusion = ({ sound, complete, firstBroken, revision, decidedAgain, checks }: Verification): string => {
  if (checks.every(({ check, outcome }) => outcome !== 'broken' || check === 'decider') && firstBroken !== undefined)
    return `Of another edition from revision ${firstBroken.revision} on: chain and postings hold to revision ${revision}; of states and decisions nothing is claimed.`
  if (firstBroken !== undefined)
    return `Not sound. First broken at revision ${firstBroken.revision}: ${firstBroken.checks.join(', ')}.`
  if (!complete) return `Sound as far as it was read, to revision ${revision}.`
  return sound ? `Sound to its end, revision ${revision}; ${decidedAgain} decisions made again.` : 'Not sound.'
}

const limits = ({ checkpoints, revision }: Verification): string =>
  checkpoints.count > 0
    ? `Signed checkpoints vouch for everything up to revision ${checkpoints.through}; what came after it could have been cut off or made anew by whoever holds the ledger.`
    : 'Without signed checkpoints this proves that the ledger agrees with itself, not that nothing was cut off its end, nor that it was not made anew from its beginning. ' +
      `Keep its head beside it, or sign checkpoints (novation checkpoint). Revision ${revision} is the last one here.`

const signedPart = ({ signedFrom }: Verification): string =>
  signedFrom === undefined
    ? 'The pool is open: nothing proves who sent what.'
    : `Signed from revision ${signedFrom} on: from there each command is its sender's.`

/** What a verification found, and what it proves and does not prove, for somebody who does not program. */
export const describeVerification = (found: Verification, arithmetic: string): string =>
  [
    `Pool ${found.pool}: ${found.events} events, head ${found.head}`,
    '',
    ...found.checks.map(
      ({ check, outcome, at, reason }) =>
        `  ${marks[outcome].padEnd(16)}${check.padEnd(11)} ${meanings[check]}${
          outcome === 'broken' ? `\n${' '.repeat(30)}at revision ${at}: ${reason}` : ''
        }`,
    ),
    '',
    conclusion(found),
    ...(found.inProgress === undefined ? [] : [`In progress, which is no fault: ${found.inProgress}.`]),
    signedPart(found),
    `Arithmetic of options: digest ${arithmetic}, as every ledger is decided.`,
    limits(found),
    '',
  ].join('\n')
