import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Certificate } from './certificates'
import { startEngine, type Engine, type EngineOptions } from './engine'
import { divide } from './network'
import { isZombie } from './processes'
import { waitFor } from './waiting'

export interface DockerOptions extends EngineOptions {
  /** On its port it speaks TLS with this certificate, and wants one of clients that the authority issued. */
  tlsVerify?: { authority: Certificate; server: Certificate }
}

/**
 * Starts a private dockerd, which starts its own containerd. It leaves the host's firewall alone:
 * published ports go through docker-proxy, and several beds, or the user's own Docker, do not flush
 * each other's rules.
 *
 * @param parent An existing folder below the bed's; the engine makes its own in it.
 */
export function startDocker(parent: string, options: DockerOptions = {}): Promise<Engine> {
  const { port, tlsVerify } = options
  return startEngine('docker', parent, options, ({ folder, socket, dataFolder, bridge, block }) => {
    const configuration = join(folder, 'daemon.json')
    const temporary = join(folder, 'tmp')
    mkdirSync(temporary)
    writeFileSync(
      configuration,
      JSON.stringify({
        hosts: [`unix://${socket}`, ...(port === undefined ? [] : [`tcp://127.0.0.1:${port}`])],
        ...(tlsVerify && {
          tlsverify: true,
          tlscacert: tlsVerify.authority.certificateFile,
          tlscert: tlsVerify.server.certificateFile,
          tlskey: tlsVerify.server.keyFile,
        }),
        'data-root': dataFolder,
        'exec-root': join(folder, 'exec'),
        pidfile: join(folder, 'dockerd.pid'),
        bridge,
        'default-address-pools': [{ base: divide(block).pool, size: 24 }],
        iptables: false,
        'ip-masq': false,
        'ip-forward': false,
        // The same on hosts with and without systemd.
        'exec-opts': ['native.cgroupdriver=cgroupfs'],
      }),
    )
    return {
      command: 'dockerd',
      args: ['--config-file', configuration],
      environment: { DOCKER_TMPDIR: temporary },
      clear: () => containerdReaped(join(folder, 'exec', 'containerd', 'containerd.pid')),
    }
  })
}

/**
 * containerd dies with its dockerd. As long as the machine's init has not reaped it, the next dockerd
 * takes it for alive and waits for it in vain.
 */
async function containerdReaped(pidFile: string): Promise<void> {
  if (!existsSync(pidFile)) return
  const pid = Number(readFileSync(pidFile, 'utf8'))
  await waitFor('the last containerd to be reaped', () => !isZombie(pid))
}
