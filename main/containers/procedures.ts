import type { EngineLink } from '../engines/handshake'
import type { Outcomes } from '../../preload/contract/base'
import { implementContract, streamSignal, type Services } from '../rpc/implementer'
import {
  killContainers,
  pauseContainers,
  removeContainers,
  renameContainer,
  restartContainers,
  startContainers,
  stopContainers,
  unpauseContainers,
} from './actions'
import { portsOfThisMachine, portUse } from './create/portUse'
import { provideImage } from './create/provideImage'
import { runContainer } from './create/run'
import { inspectContainer } from './details'
import { exitOf } from './exits/facts'
import { lastLines } from './exits/lastLines'
import { readHealth, runHealthCheck } from './health/health'
import { readLimits, updateLimits } from './limits'
import { planRecreation } from './recreation/plan'
import { recreate } from './recreation/recreate'
import { undoRecreation } from './recreation/undo'
import { editContainer } from './settings/edit'
import { unmaskSettings } from './settings/known'
import { tellSettings } from './settings/tellSettings'

export function containersProcedures({ engines, jobs }: Services) {
  const { containers } = implementContract
  const linkOf = (engineId: string) => engines.get(engineId).connection.link
  const bulk =
    (act: (link: EngineLink, ids: string[]) => Promise<Outcomes>) =>
    ({ input }: { input: { engineId: string; ids: string[] } }) =>
      act(linkOf(input.engineId), input.ids)

  const namesOf = (engineId: string) =>
    engines
      .get(engineId)
      .containers.collection.values()
      .map(({ name }) => name)
  const latestOf = (engineId: string) => (id: string) => engines.get(engineId).stats.latest(id)

  return {
    watch: containers.watch.handler(({ input, signal }) =>
      engines.get(input.engineId).containers.collection.watch(streamSignal(signal)),
    ),
    start: containers.start.handler(bulk(startContainers)),
    stop: containers.stop.handler(({ input, signal }) =>
      stopContainers(linkOf(input.engineId), input.ids, signal),
    ),
    restart: containers.restart.handler(bulk(restartContainers)),
    pause: containers.pause.handler(bulk(pauseContainers)),
    unpause: containers.unpause.handler(bulk(unpauseContainers)),
    kill: containers.kill.handler(bulk(killContainers)),
    remove: containers.remove.handler(({ input }) =>
      removeContainers(linkOf(input.engineId), input.ids, input),
    ),
    limits: containers.limits.handler(({ input: { engineId, id } }) =>
      readLimits(linkOf(engineId), id, latestOf(engineId)),
    ),
    update: containers.update.handler(async ({ input: { engineId, id, changes } }) => {
      const session = engines.get(engineId)
      const done = await updateLimits(linkOf(engineId), id, changes, latestOf(engineId))
      // Podman before 5.1 tells no event.
      session.containers.look(id)
      session.stats.limitsChanged(id)
      return done
    }),
    rename: containers.rename.handler(({ input }) =>
      renameContainer(linkOf(input.engineId), input.id, input.name),
    ),
    inspect: containers.inspect.handler(({ input }) =>
      inspectContainer(linkOf(input.engineId), input.id, input.reveal),
    ),
    provideImage: containers.provideImage.handler(({ input }) =>
      provideImage(linkOf(input.engineId), jobs, input),
    ),
    portUse: containers.portUse.handler(({ input: { engineId, ports, except } }) => {
      const { connection, containers: model } = engines.get(engineId)
      const others = model.collection.values().filter(({ id }) => id !== except)
      return portUse(ports, others, portsOfThisMachine(connection))
    }),
    run: containers.run.handler(async ({ input }) => {
      const { engineId, acceptedDangers, start, masksOf, ...settings } = input
      const { connection } = engines.get(engineId)
      const whole = await unmaskSettings(connection.link, settings, masksOf)
      return runContainer(connection, whole, { acceptedDangers, start })
    }),
    settings: containers.settings.handler(({ input }) =>
      tellSettings(linkOf(input.engineId), input),
    ),
    edit: containers.edit.handler(({ input }) =>
      editContainer(engines.get(input.engineId).connection, input, namesOf(input.engineId)),
    ),
    commit: containers.commit.handler(({ input }) => ({
      jobId: jobs.start({ kind: 'commit', ...input }),
    })),
    wait: containers.wait.handler(({ input }) => ({
      jobId: jobs.start({ kind: 'wait', ...input }),
    })),
    health: containers.health.handler(({ input }) => readHealth(linkOf(input.engineId), input.id)),
    checkHealth: containers.checkHealth.handler(async ({ input: { engineId, id } }) => {
      await runHealthCheck(linkOf(engineId), id)
      engines.get(engineId).containers.look(id)
    }),
    exit: containers.exit.handler(({ input: { engineId, id } }) =>
      exitOf(engines.get(engineId), id),
    ),
    lastLines: containers.lastLines.handler(({ input: { engineId, id, count }, signal }) =>
      lastLines(linkOf(engineId), id, count, streamSignal(signal)),
    ),
    recreation: containers.recreation.handler(({ input }) =>
      planRecreation(linkOf(input.engineId), input),
    ),
    recreate: containers.recreate.handler(({ input }) =>
      recreate(linkOf(input.engineId), input, namesOf(input.engineId)),
    ),
    undoRecreation: containers.undoRecreation.handler(({ input }) =>
      undoRecreation(linkOf(input.engineId), input),
    ),
  }
}
