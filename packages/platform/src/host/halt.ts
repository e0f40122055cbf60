/** Why a service must stop for good; the code is that of its process (conventions, "Exit codes"). */
export class Halted extends Error {
  override readonly name = 'Halted'
  constructor(
    readonly reason: 'fenced' | 'fork' | 'broken-history' | 'disk-failed' | 'refused' | 'stopped',
    message: string,
  ) {
    super(message)
  }
}
