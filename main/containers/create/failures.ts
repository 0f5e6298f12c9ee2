import type { ErrorCode } from '../../../preload/contract/errors'
import { say } from '../../../preload/contract/say'
import { Failure } from '../../errors'

/** What engines say when a container cannot be made or started, and what it means to a person. */
const meanings: { said: RegExp; failure: [ErrorCode, () => string]; hint: () => string }[] = [
  {
    said: /port is already allocated|address already in use|failed to bind (?:host )?port/i,
    failure: ['conflict', () => say`A port it wants is taken already.`],
    hint: () => say`Choose another host port, or leave it empty and the engine picks a free one.`,
  },
  {
    said: /cannot assign requested address/i,
    failure: [
      'invalid-input',
      () => say`A port is to be opened at an address that the machine does not have.`,
    ],
    hint: () => say`Choose another address for the port.`,
  },
  {
    said: /name .* is already in use/i,
    failure: ['conflict', () => say`Another container has this name.`],
    hint: () => say`Choose another name, or leave it empty and the engine makes one up.`,
  },
  {
    said: /container-init binary not found/i,
    failure: ['invalid-input', () => say`The engine has no init program of its own.`],
    hint: () => say`Install catatonit on the engine’s machine, or switch init off.`,
  },
  {
    said: /executable file not found|no command specified|exec(?:utable)?.*: no such file or directory/i,
    failure: ['invalid-input', () => say`Its command does not exist in the image.`],
    hint: () => say`Check the command; leave it empty to run what the image says.`,
  },
  {
    said: /no such network|network .* not found|unable to find network/i,
    failure: ['not-found', () => say`A network that it wants does not exist.`],
    hint: () => say`Choose a network that the engine has, or make this one first.`,
  },
  {
    said: /could not select device driver|unresolvable CDI devices|nvidia/i,
    failure: ['invalid-input', () => say`The engine has no GPUs to give.`],
    hint: () =>
      say`Install the NVIDIA Container Toolkit on the engine’s machine, or ask for no GPUs.`,
  },
]

/** A refusal of the engine in words where they are known; any other failure as it is. */
export function createFailure(failure: Failure): Failure {
  const said = failure.engineMessage ?? ''
  const meaning = meanings.find((one) => one.said.test(said))
  if (!meaning) return failure
  const [code, message] = meaning.failure
  return new Failure(code, message(), { hint: meaning.hint(), engineMessage: said, cause: failure })
}
