import { useState } from 'preact/hooks'
import type { Place } from '../model/place'
import { answerTo, go, head, place, telling } from '../model/session'
import { type Finding, findingsOf } from '../say/search'
import { Over } from './over'
import { offered } from './side'

const findingsFor = (typed: string, here: Place): readonly Finding[] => {
  const { item: _, filter: __, ...plain } = here
  return findingsOf(typed, {
    here: plain,
    newest: head.value?.revision ?? 0,
    pages: offered(),
    accounts: (answerTo('distribution', {}).data?.nearest ?? []).map(({ account }) => account),
    liquidations: (answerTo('liquidations', { limit: 1000 }).data?.items ?? []).map(({ liquidation }) => liquidation),
    moments: telling.value,
    day: answerTo('summary', {}).data?.at.slice(0, 10) ?? '',
  })
}

/** Leads by a word to a moment, a page, an account, an auction, an event. */
export const Search = ({ close }: { readonly close: () => void }) => {
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState(0)
  const here = place.value
  if (here === undefined) return null
  const findings = findingsFor(typed, here)
  const take = (finding: Finding | undefined): void => {
    if (finding === undefined) return
    close()
    go(finding.place)
  }
  const heard = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (by !== 0) {
      event.preventDefault()
      setChosen(Math.max(0, Math.min(findings.length - 1, chosen + by)))
    }
    if (event.key === 'Enter') {
      event.preventDefault()
      take(findings[chosen])
    }
  }
  return (
    <Over name="Search" close={close}>
      <input
        role="combobox"
        aria-expanded="true"
        aria-controls="findings"
        aria-activedescendant={findings.length === 0 ? undefined : `finding-${chosen}`}
        aria-label="A revision, a time, a page, an account, an auction"
        placeholder="12566, 10:48, trader-0001, waterfall …"
        autocomplete="off"
        value={typed}
        onKeyDown={heard}
        onInput={(event: Event) => {
          setTyped((event.currentTarget as HTMLInputElement).value)
          setChosen(0)
        }}
      />
      <div role="listbox" id="findings" aria-label="What it may mean">
        {findings.map((finding, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above hears the keys
          <div
            key={`${finding.what} ${finding.name}`}
            id={`finding-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === chosen}
            onClick={() => take(finding)}
          >
            <span>{finding.name}</span> <span class="dim">{finding.what}</span>
          </div>
        ))}
      </div>
    </Over>
  )
}
