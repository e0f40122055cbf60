import { answerTo } from '../model/session'
import { Answered } from '../parts/answered'
import { Empty } from '../parts/card'
import { Happened } from '../parts/happened'
import { groupsOf, named, valued } from '../say/parameters'

const set = [
  'PoolParametersSet',
  'AssetRegistered',
  'AssetParametersSet',
  'InstrumentListed',
  'InstrumentParametersSet',
] as const

/** What holds in the pool, and what was ever set. */
export const Parameters = () => (
  <div class="cards wide-first">
    <Answered title="What holds?" note="amounts are shares, where they have no unit" known={answerTo('parameters', {})}>
      {(data) => (
        <div class="cards two">
          {groupsOf(data).map(({ name, leaves }) => (
            <table key={name}>
              <caption>{named(name)}</caption>
              <tbody>
                {leaves.map((leaf) => (
                  <tr key={leaf.path}>
                    <th scope="row" title={leaf.path}>
                      {named(leaf.path)}
                    </th>
                    <td class="end">{valued(leaf)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          ))}
        </div>
      )}
    </Answered>
    <Answered
      title="What was set, and when?"
      note="newest first"
      known={answerTo('events', { type: [...set], limit: 200 })}
    >
      {({ items }) => (items.length === 0 ? <Empty>Nothing was set.</Empty> : <Happened events={items.toReversed()} />)}
    </Answered>
  </div>
)
