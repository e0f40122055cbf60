import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Page } from '../model/place'
import { answerTo, place, who } from '../model/session'
import { number } from '../say/counts'
import { To } from './go'
import { ThemeChoice } from './theme'

export const titles: Readonly<Record<Page, string>> = {
  overview: 'Overview',
  accounts: 'Accounts',
  liquidations: 'Liquidations',
  waterfall: 'Waterfall',
  prices: 'Prices',
  parameters: 'Parameters',
  events: 'Events',
  differences: 'Differences',
  'what-if': 'What if',
  verify: 'Verify',
  services: 'Services',
  jobs: 'Jobs',
  commands: 'Commands',
}

const groups: readonly (readonly [string, readonly Page[]])[] = [
  ['Risk', ['accounts', 'liquidations', 'waterfall']],
  ['Market', ['prices', 'parameters']],
  ['Evidence', ['events', 'differences', 'what-if', 'verify']],
  ['House', ['services', 'jobs', 'commands']],
]

/** Nobody is led to what would refuse him. */
const isOffered = (page: Page): boolean => {
  if (page === 'commands') return (who.value?.commands.length ?? 0) > 0
  if (page === 'services') return who.value?.sees === 'pool'
  return page !== 'differences' && page !== 'what-if' && page !== 'jobs' ? true : who.value?.jobs === true
}

/** The pages that whoever looks is led to, by their names. */
export const offered = (): readonly (readonly [Page, string])[] =>
  (Object.entries(titles) as [Page, string][]).filter(([page]) => isOffered(page))

/** Of what a page lists there are so many at the moment that is looked at. */
const countOf = (page: Page): number | undefined => {
  const { data } = answerTo('summary', {})
  if (page === 'accounts') return data?.accounts
  if (page === 'liquidations') return data?.liquidations
  return page === 'events' && data !== undefined ? data.revision + 1 : undefined
}

const Way = ({ page }: { readonly page: Page }) => {
  const many = countOf(page)
  return (
    <To page={page} isHere={place.value?.page === page}>
      <span>{titles[page]}</span>
      {many === undefined ? null : (
        <span class={page === 'liquidations' && many > 0 ? 'danger' : ''}>{number(many)}</span>
      )}
    </To>
  )
}

/** Where the pages stand in a row that is longer than the window, the one that is looked at is to be seen. */
const useInSight = () => {
  const ref = useRef<HTMLElement>(null)
  const page = place.value?.page
  useLayoutEffect(() => {
    const row = ref.current
    if (row === null) return undefined
    const seen = new ResizeObserver(() =>
      row.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' }),
    )
    seen.observe(row)
    return () => seen.disconnect()
  }, [page])
  return ref
}

/** The pages, by what they are about. */
export const Side = () => (
  <nav class="side" aria-label="Pages" ref={useInSight()}>
    <p class="name">
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <path d="M2,13V3L8,9L14,3V13" />
      </svg>{' '}
      Novation
    </p>
    <Way page="overview" />
    {groups
      .map(([name, pages]) => [name, pages.filter(isOffered)] as const)
      .filter(([, pages]) => pages.length > 0)
      .map(([name, pages]) => (
        <div key={name}>
          <h2>{name}</h2>
          {pages.map((page) => (
            <Way key={page} page={page} />
          ))}
        </div>
      ))}
    <div class="foot">
      <ThemeChoice />
    </div>
  </nav>
)
