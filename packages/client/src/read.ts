import { paths } from './generated/paths'
import { answered, type Line, located } from './request'
import type { Answer, Asked, Item, List, Question, Told } from './types'

export interface More {
  readonly signal?: AbortSignal
}

const told = async <A>(response: Response): Promise<Told<A>> => {
  const revision = response.headers.get('x-revision')
  return {
    data: (await response.json()) as A,
    revision: revision === null ? undefined : Number(revision),
    at: response.headers.get('x-ledger-time') ?? undefined,
  }
}

/** One answer to one question about a pool; rejects with a `Problem`. */
export const ask =
  (line: Line, pool: string) =>
  async <O extends Question>(question: O, words: Asked<O>, { signal }: More = {}): Promise<Told<Answer<O>>> =>
    told(await answered(line, { method: 'GET', path: located(paths[question], { ...words, pool }), signal }))

/** Every item of a list, page after page, all of the revision of the first; rejects with a `Problem`. */
export const list = (line: Line, pool: string) =>
  async function* <O extends List>(question: O, words: Asked<O>, { signal }: More = {}): AsyncGenerator<Item<O>, void> {
    let page: Readonly<Record<string, unknown>> = { ...words }
    for (;;) {
      const response = await answered(line, {
        method: 'GET',
        path: located(paths[question], { ...page, pool }),
        signal,
      })
      const { items, next } = (await response.json()) as { readonly items: readonly Item<O>[]; readonly next?: string }
      yield* items
      if (next === undefined) return
      const { at: _, atLeast: __, ...filter } = page
      page = { ...filter, cursor: next }
    }
  }
