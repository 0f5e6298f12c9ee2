import type { EngineLink } from '../engines/handshake'
import { runProgram } from '../files/program'
import { placeOf } from '../files/place'
import { findShells, posixShellOf } from './shells'

/** Stands in the environment of what was started for a terminal, with the terminal's id. */
export const TERMINAL_VARIABLE = 'LONGSHORE_TERMINAL'

/**
 * Sends SIGHUP to those who lead a session on a terminal (fields 6 and 7 of proc_pid_stat(5)) and have the
 * variable: no engine can signal a program beside the main process. All of it is built into a shell. What
 * a program has started meanwhile it hangs up itself, or the kernel does; what left the terminal stays.
 */
const script = `
for process in /proc/[0-9]*; do
  IFS= read -r stat < "$process/stat" || continue
  pid=\${process#/proc/}
  set -- \${stat##*) }
  [ "$4" = "$pid" ] && [ "$5" != 0 ] || continue
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in *"$MARK"*) kill -HUP "$pid"; break ;; esac
  done < "$process/environ"
done 2> /dev/null
:`

/**
 * Hangs up what was started in a container for a terminal, as closing any terminal does. Without a shell in
 * the container nothing happens.
 */
export async function hangUp(
  link: EngineLink,
  containerId: string,
  terminalId: string,
  signal: AbortSignal,
): Promise<void> {
  const place = await placeOf(link, containerId, signal)
  const shell = posixShellOf(await findShells(place, signal))
  if (shell === null) return
  // The id is a UUID: nothing in it means anything to a shell.
  const marked = `MARK=${TERMINAL_VARIABLE}=${terminalId}\n${script}`
  await runProgram(place, [shell, '-c', marked], { signal })
}
