import { open } from '@novation/events'
import * as t from 'io-ts'

/** A page of a list. `next` is there where the list goes on. */
export const pageForm = (item: t.Mixed): t.Mixed =>
  open(`PageOf${item.name}`, { items: t.readonlyArray(item) }, { next: t.string })
