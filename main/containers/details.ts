import type { ContainerInspectInfo } from 'dockerode'
import type { ContainerDetails } from '../../preload/contract/containers'
import { stringsOf } from '../engines/answers'
import type { EngineLink } from '../engines/handshake'
import { inspectText, readEnvironment } from '../masking'

/** Everything about one container; `reveal` shows the values that are masked otherwise. */
export async function inspectContainer(
  link: EngineLink,
  id: string,
  reveal: boolean,
): Promise<ContainerDetails> {
  const info = await link.client.call((docker, abortSignal) =>
    docker.getContainer(id).inspect({ abortSignal }),
  )
  const { Config: config, HostConfig: host, State: state } = info
  return {
    id: info.Id,
    pid: state.Pid > 0 ? state.Pid : null,
    entrypoint: stringsOf(config.Entrypoint),
    command: stringsOf(config.Cmd),
    environment: readEnvironment(stringsOf(config.Env), reveal),
    workingFolder: config.WorkingDir,
    user: config.User,
    hostname: config.Hostname,
    restartPolicy: restartPolicyOf(host),
    privileged: host.Privileged ?? false,
    networks: Object.entries(info.NetworkSettings.Networks).map(([name, network]) => ({
      name,
      ipAddress: network.IPAddress,
      gateway: network.Gateway,
      mac: network.MacAddress,
    })),
    inspectJson: inspectText(info, reveal),
  }
}

function restartPolicyOf(host: ContainerInspectInfo['HostConfig']): string {
  const policy = host.RestartPolicy
  if (!policy?.Name) return 'no'
  return policy.MaximumRetryCount ? `${policy.Name}:${policy.MaximumRetryCount}` : policy.Name
}
