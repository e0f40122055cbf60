import type { Answer } from '@novation/client'
import { answerOf, answerTo, revision } from '../model/session'
import { Answered } from '../parts/answered'
import { CourseChart } from '../parts/course-chart'
import { ToCommand } from '../parts/go'
import { MarginTable } from '../parts/margin-table'
import { Requirement } from '../parts/requirement'
import { Status } from '../parts/status'
import { Story } from '../parts/story'
import { type Column, Table } from '../parts/table'
import { useStory } from '../parts/use-story'
import { exactly, readable } from '../say/amounts'
import { distance } from '../say/distance'
import { type Portfolio, type Position, partOf, termsOf } from '../say/portfolio'

const held: readonly Column<Position>[] = [
  { head: 'instrument', cell: ({ instrument }) => instrument, text: ({ instrument }) => instrument },
  { head: 'quantity', isFigure: true, cell: ({ quantity }) => exactly(quantity), text: ({ quantity }) => quantity },
  { head: 'mark', isFigure: true, cell: ({ mark }) => exactly(mark), text: ({ mark }) => mark },
]

const notional: Column<Position> = {
  head: 'notional',
  isFigure: true,
  cell: (position) => readable(position.notional),
  text: (position) => position.notional,
}

/** What each position is asked by itself. */
const alone: readonly Column<Position>[] = [
  {
    head: 'initial',
    isFigure: true,
    cell: ({ initialMargin }) => readable(initialMargin),
    text: ({ initialMargin }) => initialMargin,
  },
  {
    head: 'maintenance',
    isFigure: true,
    cell: ({ maintenanceMargin }) => readable(maintenanceMargin),
    text: ({ maintenanceMargin }) => maintenanceMargin,
  },
]

/** Where one requirement is over all of them, what each makes of it: by itself it is asked nothing. */
const together = (portfolio: Portfolio): Column<Position> => ({
  head: 'of what all need',
  isFigure: true,
  cell: ({ instrument }) => partOf(portfolio, instrument)[1],
  text: ({ instrument }) => partOf(portfolio, instrument)[0],
})

const saidOf = ({ option }: Position): string => (option === undefined ? '' : termsOf(option))
const terms: Column<Position> = { head: 'what it is', cell: saidOf, text: saidOf }

const columnsOf = ({ portfolio, positions }: Answer<'margin'>): readonly Column<Position>[] => [
  ...held,
  ...(portfolio === undefined ? [notional, ...alone] : [together(portfolio), notional]),
  ...(positions.some(({ option }) => option !== undefined) ? [terms] : []),
]

const Title = ({ account, margin }: { readonly account: string; readonly margin: Answer<'margin'> | undefined }) => (
  <div class="headline">
    <h1>{account}</h1>
    {margin === undefined ? null : (
      <p>
        <Status of={margin.status} /> {distance(margin)}
      </p>
    )}
    <span class="spacer" />
    <ToCommand type="Deposit" data={{ account }}>
      Deposit …
    </ToCommand>
    <ToCommand type="Withdraw" data={{ account }}>
      Withdraw …
    </ToCommand>
  </div>
)

/** One account: how far from the line, what that is made of, and how it came there. */
export const Account = ({ account }: { readonly account: string }) => {
  const known = answerTo('margin', { account })
  const { data: own } = answerTo('account', { account })
  const story = useStory(account)
  const at = revision.value ?? 0
  return (
    <>
      <Title account={account} margin={known.data} />
      <Answered
        title="How far from the line?"
        note="equity, initial and maintenance margin"
        known={answerOf('accountSeries', { account, points: 2000 })}
      >
        {({ rows }) => <CourseChart rows={rows} revision={at} events={story.told?.events ?? []} />}
      </Answered>
      <div class="cards story">
        <Story story={story} />
        <div class="cards">
          <Answered title="What is it made of?" note="at this moment" known={known}>
            {(margin) => (
              <>
                {margin.missing === undefined ? null : (
                  <p class="notice">Without a fresh price of {margin.missing.join(', ')}.</p>
                )}
                {own === undefined ? null : <MarginTable account={own} margin={margin} />}
              </>
            )}
          </Answered>
          {known.data?.portfolio === undefined ? null : (
            <Answered title="What does all of it need together?" note="portfolio margin" known={known}>
              {(margin) => <Requirement of={margin} />}
            </Answered>
          )}
          <Answered title="What does it hold?" known={known}>
            {(margin) => (
              <Table
                name={`positions-${margin.account}`}
                rows={margin.positions}
                columns={columnsOf(margin)}
                keyOf={({ instrument }) => instrument}
                none="It holds no position."
              />
            )}
          </Answered>
        </div>
      </div>
    </>
  )
}
