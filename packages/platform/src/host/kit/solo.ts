import { type CheckpointFiles, fileCheckpoints } from '../checkpoints'
import { type Crew, startCrew } from '../crew'
import type { Reactor } from '../reactor'

/** A reactor by itself, with a state of its own. */
export const solo = <S>(reactor: Reactor<S>) => ({ fold: reactor, reactors: [reactor] })

export const soloCrew = <S>(reactor: Reactor<S>): Crew<S> => startCrew(reactor, [reactor], 'main')

export const soloFiles = <S>(
  directory: string,
  reactor: Reactor<S>,
  every: number,
  passedOver: (reason: string) => void = () => undefined,
  disk?: CheckpointFiles<S>['disk'],
) =>
  fileCheckpoints({
    ...{ directory, name: reactor.name, ...solo(reactor), every, passedOver },
    ...(disk === undefined ? {} : { disk }),
  })
