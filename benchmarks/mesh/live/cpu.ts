import { metricOf, type RealMesh } from '../../../apps/cli/src/live/kit/real-mesh'

/** Milliseconds of CPU that each service has used so far. */
export type Cpu = ReadonlyMap<string, number>

export const cpuOf = async (mesh: RealMesh): Promise<Cpu> =>
  new Map(
    await Promise.all(
      [...mesh.services.keys()].map(async (name): Promise<readonly [string, number]> => {
        const seconds = await metricOf(mesh.services.get(name), 'novation_process_cpu_seconds_total')
        return [name, (seconds ?? Number.NaN) * 1000]
      }),
    ),
  )

/** What each service used between two readings. */
export const cpuBetween = (before: Cpu, after: Cpu): readonly (readonly [service: string, ms: number])[] =>
  [...after].map(([name, ms]) => [name, ms - (before.get(name) ?? 0)])
