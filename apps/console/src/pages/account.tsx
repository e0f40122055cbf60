import type { Answer } from '@novation/client'
import { latest } from '../model/answers'
import { answerOf, answerTo, revision } from '../model/session'
import { Answered } from '../parts/answered'
import { CourseChart } from '../parts/course-chart'
import { ToCommand } from '../parts/go'
import { MarginTable } from '../parts/margin-table'
import { PositionTable } from '../parts/position-table'
import { Requirement } from '../parts/requirement'
import { Status } from '../parts/status'
import { Story } from '../parts/story'
import { useStory } from '../parts/use-story'
import { distance } from '../say/distance'

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
  const traced = answerTo('marginEvents', { account })
  const events = latest(traced)
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
          <Answered title="What is it made of?" note="at this moment" known={known} beside={traced}>
            {(margin) => (
              <>
                {margin.missing === undefined ? null : (
                  <p class="notice">Without a fresh price of {margin.missing.join(', ')}.</p>
                )}
                {own === undefined ? null : <MarginTable account={own} margin={margin} events={events} />}
              </>
            )}
          </Answered>
          {known.data?.portfolio === undefined ? null : (
            <Answered title="What does all of it need together?" note="portfolio margin" known={known}>
              {(margin) => <Requirement of={margin} inputs={own?.inputs ?? []} />}
            </Answered>
          )}
          <Answered title="What does it hold?" known={known} beside={traced}>
            {(margin) => <PositionTable margin={margin} events={events} />}
          </Answered>
        </div>
      </div>
    </>
  )
}
