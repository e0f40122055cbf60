/** How a command ended, to whoever started the process. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  usage: 2,
  mismatch: 3,
  finding: 4,
  unavailable: 5,
  interrupted: 130,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]
