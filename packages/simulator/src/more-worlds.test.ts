import { block, blocksFrom, failuresIn } from './test-worlds'

/** A file of its own, so that two processors share the worlds. */
describe('the mesh in more of the storm', () => {
  it.each(blocksFrom(251, 25))(
    'breaks no law and finishes everything, in ten worlds from seed %i',
    async (from) => {
      expect(await failuresIn(from, block)).toEqual([])
    },
    180_000,
  )
})
