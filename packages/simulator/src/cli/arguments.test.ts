import { suiteWorlds } from '../reach'
import { readArguments } from './arguments'

const read = (...args: readonly string[]) => {
  const result = readArguments(args)
  return result._tag === 'Right' ? result.right : result.left
}

describe('the command line of the simulator', () => {
  it('takes worlds that the tests do not run, where nobody says from which', () =>
    expect(read('--seeds=500')).toMatchObject({ seeds: 500, from: suiteWorlds + 1, all: false }))

  it('begins a planted bug at the first world, where it is to be caught', () =>
    expect(read('--bug=retried-at-once')).toMatchObject({ from: 1, bug: 'retried-at-once' }))

  it('goes on after a world that fails, and tells what was reached, where it is asked to', () =>
    expect(read('--from=7', '--all', '--reached')).toMatchObject({ from: 7, all: true, reached: true }))

  it.each([
    ['--seed=7', 'what is --seed=7?'],
    ['--seeds=many', '--seeds and --from take a whole number'],
    ['--fault=flood', 'there is no fault flood'],
    ['--trait=calm', 'there is no trait calm'],
  ])('says what is wrong with %s', (arg, wrong) => expect(read(arg)).toBe(wrong))
})
