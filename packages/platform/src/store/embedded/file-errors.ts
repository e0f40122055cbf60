import { Halted } from '../../host/halt'

const codeOf = (error: unknown): string => (error as { readonly code?: string }).code ?? ''

/** Another process holds the file: nothing was done, and asking again is right. */
export const isHeld = (error: unknown): boolean => /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error))

/**
 * An error of the file `where`, told as what it is. Of a write that met one nobody knows whether it happened: what could
 * not be synced may be found by the next process, or not. Anything else is a mistake in the program, and stays what it is.
 */
export const told = (error: unknown, where: string): unknown => {
  const [code, message] = [codeOf(error), (error as Error).message]
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code))
    return new Halted('broken-history', `${where} is damaged: ${code}: ${message}`)
  if (/^SQLITE_(FULL|IOERR|READONLY|CANTOPEN|PERM|PROTOCOL|NOLFS)/.test(code))
    return new Halted(
      'disk-failed',
      `${where}: ${code}: ${message}; whether what was being written is there, the next start will tell`,
    )
  return error
}
