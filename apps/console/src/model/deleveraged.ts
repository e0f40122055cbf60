import { type First, openFirst } from './first'
import { poolOf } from './session'

type Looking = ReturnType<typeof openFirst>

const inPools = new Map<string, Looking>()

const lookIn = (name: string): Looking =>
  openFirst(async (from, at): Promise<First | undefined> => {
    const events = poolOf(name).list('events', { from, at, type: ['Deleveraged'], limit: 1 })
    for await (const { revision, at: time } of events) return { revision, at: time }
    return undefined
  })

/** The first in a pool that was deleveraged: looked for as long as this page is open. */
export const deleveragedIn = (name: string): Looking => {
  const known = inPools.get(name) ?? lookIn(name)
  inPools.set(name, known)
  return known
}
