import { stormFrom } from './test-storm'
import { halfOfTheSuite } from './test-worlds'

/** A file of its own, so that two processors share the worlds. */
describe('the mesh in more of the storm', () => stormFrom(halfOfTheSuite + 1))
