import { join } from 'node:path'
import type { Disk } from '../disk/disk'
import { replaceFile } from '../disk/replace-file'
import { sealText, unsealText } from '../disk/sealed-text'
import type { Sent } from './asking'
import type { AskedByName } from './crew'
import { Halted } from './halt'
import type { Fold } from './reactor'

/** How far reactors have followed one pool, beside the state, which follows from what was recorded by then. */
export interface Place {
  readonly revision: number
  readonly hash: string
  readonly groupEnd: number
  readonly mayChangeAnswers: boolean
  readonly asked: AskedByName
}

/** As it was kept while each reactor had a state of its own. */
interface PlaceAlone extends Omit<Place, 'asked'> {
  readonly sent: readonly (readonly [string, Sent])[]
}

/** What a file holds: a place, and the state there. `length` is that of its text. */
export interface Kept<S> {
  readonly place: Place | PlaceAlone
  readonly state: S
  readonly length: number
}

export interface PlaceFiles<S> {
  readonly directory: string
  /** What the files are named after, beside the pool. */
  readonly name: string
  readonly snapshot: NonNullable<Fold<S>['snapshot']>
  readonly disk: Disk
}

const pathOf = <S>({ directory, name }: PlaceFiles<S>, pool: string): string =>
  join(directory, `${name.replaceAll(':', '-')}-${pool}.json`)

const textOf = async (disk: Disk, path: string): Promise<string | undefined> => {
  try {
    return await disk.read(path)
  } catch (error) {
    throw new Halted('disk-failed', `${path} cannot be read: ${(error as Error).message}`)
  }
}

/** Nothing where there is no file. Throws where one is not to be used, and `Halted` where it cannot be read. */
export const readPlace = async <S>(files: PlaceFiles<S>, pool: string): Promise<Kept<S> | undefined> => {
  const text = await textOf(files.disk, pathOf(files, pool))
  if (text === undefined) return undefined
  const { state, ...place } = unsealText(text).value as Kept<S>['place'] & { readonly state: unknown }
  const read = files.snapshot.read(state)
  if (read._tag === 'Left') throw new TypeError(read.left)
  return { place, state: read.right, length: text.length }
}

/** Lasts once it has answered how long the text is. */
export const writePlace = async <S>(files: PlaceFiles<S>, pool: string, place: Place, state: S): Promise<number> => {
  const text = sealText({ ...place, state: files.snapshot.write(state) })
  await replaceFile(files.disk, pathOf(files, pool), text)
  return text.length
}
