import type { RestartPolicy } from '../../../preload/contract/limits'
import type { InspectedContainer } from '../../engines/dialect/inspection'
import type { EngineLink } from '../../engines/handshake'
import { postJson } from '../../engines/postJson'

/** What keeps the person's stop: an engine that starts leaves it stopped (moby daemon/daemon.go). */
const RESTING: RestartPolicy = { name: 'unless-stopped', maximumRetries: 0 }
const ALWAYS: RestartPolicy = { name: 'always', maximumRetries: 0 }

const policyOf = ({ HostConfig }: InspectedContainer) => HostConfig.RestartPolicy?.Name

/** True where a stopped container starts with its engine and this engine cannot be told otherwise. */
export function restartsUnasked(link: EngineLink, container: InspectedContainer): boolean {
  return policyOf(container) === ALWAYS.name && !canChange(link)
}

/** Lets a kept container rest: one that is `always` restarted would come back with its engine. */
export async function letRest(link: EngineLink, container: InspectedContainer): Promise<void> {
  if (policyOf(container) === ALWAYS.name) await change(link, container.Id, RESTING)
}

/** Takes `letRest` back: the successor was made with the policy that the kept one had. */
export async function letRestart(
  link: EngineLink,
  kept: InspectedContainer,
  successor: InspectedContainer,
): Promise<void> {
  if (policyOf(kept) === RESTING.name && policyOf(successor) === ALWAYS.name) {
    await change(link, kept.Id, ALWAYS)
  }
}

async function change(link: EngineLink, id: string, restart: RestartPolicy): Promise<void> {
  if (!canChange(link)) return
  const { cpuCount: cores, memoryBytes } = link.facts
  const request = link.dialect.limitsRequest(
    id,
    { restart },
    { byQuota: false, machine: { cores, memoryBytes } },
  )
  await postJson(link.client, request)
}

function canChange({ dialect, facts }: EngineLink): boolean {
  const { unchangeable } = dialect.limitsSupport(facts.version, { running: false, byQuota: false })
  return !unchangeable.some(({ field }) => field === 'restart')
}
