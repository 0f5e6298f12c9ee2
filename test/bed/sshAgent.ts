import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { startDaemon } from './daemon'

export interface SshAgent {
  /** For SSH_AUTH_SOCK. */
  socket: string
  /** Gives it a private key. */
  add(file: string): void
  stop(): Promise<void>
}

/** Starts an ssh-agent of its own that listens in `folder`, one of the bed's. */
export async function startSshAgent(folder: string): Promise<SshAgent> {
  const socket = join(folder, 'agent.sock')
  const logFile = join(folder, 'agent.log')
  const daemon = startDaemon('ssh-agent', ['-D', '-a', socket], { folder, logFile })
  await daemon.ready(() => existsSync(socket) || null)
  return {
    socket,
    add: (file) =>
      void execFileSync('ssh-add', ['-q', file], {
        env: { ...process.env, SSH_AUTH_SOCK: socket },
      }),
    async stop() {
      process.kill(daemon.pid, 'SIGTERM')
      await daemon.ended
    },
  }
}
