import type { HostKey } from '../../../preload/contract/hostKeys'

/**
 * The command that prints a key's fingerprint on the host itself, where sshd keeps its keys by custom.
 *
 * @param algorithm `ssh-ed25519`, `rsa-sha2-512`, `ecdsa-sha2-nistp256`, …
 */
export function fingerprintCommand({ algorithm }: Pick<HostKey, 'algorithm'>): string {
  const kind = ['ed25519', 'ecdsa', 'rsa'].find((each) => algorithm.includes(each)) ?? '*'
  return `ssh-keygen -lf /etc/ssh/ssh_host_${kind}_key.pub`
}

/** How ssh writes a host in its list of known ones: with the port, where that is not 22. */
export function knownHostName({ host, port }: Pick<HostKey, 'host' | 'port'>): string {
  return port === 22 ? host : `[${host}]:${port}`
}
