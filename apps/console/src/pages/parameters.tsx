import { answerTo } from '../model/session'
import { Answered } from '../parts/answered'
import { Card } from '../parts/card'
import { Happened } from '../parts/happened'

interface Leaf {
  readonly name: string
  readonly value: string
}

const leavesOf = (value: unknown, name = ''): readonly Leaf[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inside]) => leavesOf(inside, name === '' ? key : `${name}.${key}`))
    : [{ name, value: String(value) }]

/** What holds in the pool, and what was ever set. */
export const Parameters = () => (
  <div class="cards two">
    <Answered title="What holds?" known={answerTo('parameters', {})}>
      {(data) => (
        <section class="scroll">
          <table>
            <tbody>
              {leavesOf(data).map(({ name, value }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td class="end">{value}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Answered>
    <Answered
      title="What was set, and when?"
      known={answerTo('events', {
        type: ['PoolParametersSet', 'AssetRegistered', 'AssetParametersSet', 'InstrumentListed'],
        limit: 200,
      })}
    >
      {({ items }) =>
        items.length === 0 ? <Card title="">Nothing was set.</Card> : <Happened events={items.toReversed()} />
      }
    </Answered>
  </div>
)
