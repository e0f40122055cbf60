import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'

const isHeld = (error: unknown): boolean => /^SQLITE_BUSY/.test((error as { readonly code?: string }).code ?? '')

/**
 * Makes this process the one writer of a ledger's folder, or answers nothing where another process is. The lock is the
 * operating system's own on an open file, so it ends with the process however that ends; nothing is ever left behind
 * that somebody would have to clean up. Answers how to give it back.
 */
export const lockForWriting = (directory: string): (() => void) | undefined => {
  mkdirSync(directory, { recursive: true })
  const connection = new Database(join(directory, 'writer.lock'))
  try {
    connection.exec('PRAGMA busy_timeout = 0')
    connection.exec('BEGIN EXCLUSIVE')
    return () => void connection.close()
  } catch (error) {
    connection.close()
    if (isHeld(error)) return undefined
    throw error
  }
}
