import { readFileSync, statSync } from 'node:fs'

/** A file that holds a secret and cannot be used so; `remedy` says what to do. */
export class BadSecret extends Error {
  override readonly name = 'BadSecret'
  constructor(
    message: string,
    readonly remedy: string,
  ) {
    super(message)
  }
}

/** What others may do with a file, as its mode says. */
const others = 0o077

/**
 * The secret in a file, without the line feed that editors end files with. Throws `BadSecret` where it cannot be read, where it is
 * empty, and where anybody but its owner may read it.
 */
export const readSecret = (file: string): string => {
  let text: string
  try {
    if ((statSync(file).mode & others) !== 0)
      throw new BadSecret(`${file} can be read by others than its owner`, `chmod 600 ${file}, and change the secret`)
    text = readFileSync(file, 'utf8').replace(/\r?\n$/, '')
  } catch (error) {
    if (error instanceof BadSecret) throw error
    throw new BadSecret(
      `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      'name the file that holds the secret, and nothing else',
    )
  }
  if (text === '') throw new BadSecret(`${file} is empty`, 'write the secret into it')
  return text
}
