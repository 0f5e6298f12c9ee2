import { join } from 'node:path'
import type { Api } from '../preload/contract'
import { Alerts } from './alerts/alerts'
import { AlertsFile } from './alerts/alertsFile'
import { AddedEngines } from './engines/addedEngines'
import { Engines } from './engines/engines'
import { HostKeys } from './engines/hostKeys/hostKeys'
import { OwnPodman } from './engines/ownPodman'
import { hereAndNow, type Surroundings } from './engines/places'
import { SshConnection } from './engines/ssh/sshConnection'
import { knownHostsFiles } from './engines/ssh/sshFiles'
import { transportOpener } from './engines/transport'
import { Files } from './files/files'
import { JobNotices } from './jobs/jobNotices'
import { Jobs } from './jobs/jobs'
import { JobsFile } from './jobs/jobsFile'
import { prepareJobs } from './jobs/kinds'
import { FactsKeeper } from './layers/factsKeeper'
import { log } from './log'
import { Logs } from './logs/logs'
import type { Platform } from './platform'
import { Registries } from './registries/registries'
import { createInProcessClient } from './rpc/inProcess'
import { createRouter, type AppRouter } from './rpc/router'
import { SettingsFile } from './settings/settingsFile'
import { HistoryStore } from './stats/history/historyStore'
import { Terminals } from './terminals/terminals'
import { speakLanguage } from './words/speakLanguage'

export interface App {
  router: AppRouter
  /** The same for main's own use. */
  api: Api
  /** Ends everything that the app began: streams, jobs, its own engine service. */
  close(): Promise<void>
}

export interface AppOptions {
  /** What `--engine` asked for; null: find one. */
  engine: string | null
  /** Start the samples as soon as an engine is connected. */
  demo: boolean
  /**
   * Whose settings of docker, podman and ssh count; by default those of who runs this process. In other ones no
   * service of Podman is started, which would be this machine's.
   */
  surroundings?: Surroundings
}

/** Puts the app together; the only place that knows all its parts. */
export function createApp(platform: Platform, options: AppOptions): App {
  const surroundings = options.surroundings ?? hereAndNow()
  const settings = new SettingsFile(join(platform.dataFolder, 'settings.json'))
  const registries = new Registries({
    secrets: platform.secrets,
    settingsFile: join(platform.dataFolder, 'registries.json'),
    env: surroundings.env,
    home: surroundings.home,
  })
  const alerts = new Alerts({
    file: new AlertsFile(join(platform.dataFolder, 'alerts.json')),
    notify: platform.notify,
    mark: (engineId, containerId, mark) => engines.get(engineId).stats.mark(containerId, mark),
  })
  const history = new HistoryStore({ folder: join(platform.dataFolder, 'history') })
  const hostKeys = new HostKeys({
    ownFile: join(platform.dataFolder, 'known_hosts'),
    otherFiles: knownHostsFiles(surroundings),
  })
  const engines: Engines = new Engines({
    surroundings,
    openTransport: transportOpener(
      (endpoint) => new SshConnection(endpoint, { surroundings, hostKeys }),
    ),
    hostKeys,
    added: new AddedEngines(join(platform.dataFolder, 'engines.json')),
    asked: options.engine,
    ownPodman: options.surroundings ? null : new OwnPodman(join(platform.dataFolder, 'podman')),
    history,
    statsListener: (engineId, tick, containers) => alerts.observe(engineId, tick, containers),
  })
  const files = new Files(engines)
  const layerFacts = new FactsKeeper()
  const logs = new Logs(join(platform.dataFolder, 'logs'))
  const jobNotices = new JobNotices({
    notify: platform.notify,
    wanted: async () => (await settings.read()).notifyJobs,
  })
  const jobs = new Jobs(prepareJobs({ engines, files, registries, layerFacts }), {
    file: new JobsFile(join(platform.dataFolder, 'jobs.json')),
    onEnded: (job) => jobNotices.ended(job),
  })
  const terminals = new Terminals({ engines, settings })
  const closing = new AbortController()
  speakAsSet(settings).catch((error: unknown) =>
    log.warn({ error }, 'the words of a language could not be loaded'),
  )
  void history.load().then(() => engines.start())
  if (options.demo) {
    startDemo(engines, jobs, closing.signal).catch((error: unknown) =>
      log.error({ error }, 'the samples could not be started'),
    )
  }
  const router = createRouter({
    ...{
      platform,
      settings,
      engines,
      files,
      jobs,
      jobNotices,
      registries,
      alerts,
      layerFacts,
      logs,
      terminals,
    },
  })
  return {
    router,
    api: createInProcessClient(router),
    async close() {
      closing.abort()
      await terminals.closeAll()
      await jobs.close()
      await files.close()
      await registries.close()
      await engines.close()
      await logs.close()
      await alerts.close()
      await history.close()
    },
  }
}

/** Until a page tells which language it shows: the one of the settings, where they name one. */
async function speakAsSet(settings: SettingsFile): Promise<void> {
  const { language } = await settings.read()
  if (language !== 'system') await speakLanguage(language)
}

async function startDemo(engines: Engines, jobs: Jobs, signal: AbortSignal): Promise<void> {
  for await (const message of engines.live.watch(signal)) {
    const connected = message.engines.find(({ state }) => state === 'connected')
    if (!connected) continue
    jobs.start({ kind: 'samples', engineId: connected.id })
    return
  }
}
