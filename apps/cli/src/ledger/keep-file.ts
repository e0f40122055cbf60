import { existsSync, realpathSync, statSync, writeFileSync } from 'node:fs'
import { replaceFile, systemDisk } from '@novation/platform'

/** Keeps a text in the file that somebody named, to last; a pipe or a device, which nothing may replace, is given it. */
export const keepFile = async (file: string, text: string): Promise<void> => {
  if (!existsSync(file)) await replaceFile(systemDisk, file, text)
  else if (statSync(file).isFile()) await replaceFile(systemDisk, realpathSync(file), text)
  else writeFileSync(file, text)
}
