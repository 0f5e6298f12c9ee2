import { diskFull, Failure } from '../errors'

/** What an engine said in the middle of a pull or push, as a failure with words for a person. */
export function transferFailure(engineMessage: string): Failure {
  const more = { engineMessage }
  if (/no space left on device/i.test(engineMessage)) return diskFull(more)
  if (/too many requests|toomanyrequests|\b429\b/i.test(engineMessage)) {
    return new Failure('engine-error', 'The registry asks to wait: too many requests.', {
      ...more,
      hint: 'Log in to the registry, or try again later.',
    })
  }
  if (/no matching manifest|no image found in (?:manifest list|image index)/i.test(engineMessage)) {
    return new Failure('not-found', 'There is no image for this platform.', {
      ...more,
      hint: 'Choose one of the platforms that the image is there for.',
    })
  }
  // A registry answers "denied" or 401 for what does not exist, too, so that nobody can guess names.
  if (
    /unauthorized|authentication required|no basic auth|access to the resource is denied|denied/i.test(
      engineMessage,
    )
  ) {
    return new Failure('unauthorized', 'The registry refused access.', {
      ...more,
      hint: 'Check the name, and log in on the Registries page with an account that may use it.',
    })
  }
  if (/manifest unknown|not found|does not exist|no such image|name unknown/i.test(engineMessage)) {
    return new Failure('not-found', 'There is no such image.', {
      ...more,
      hint: 'Check the name and the tag.',
    })
  }
  if (
    /connection refused|no such host|i\/o timeout|network is unreachable|deadline exceeded|EOF$/i.test(
      engineMessage,
    )
  ) {
    return new Failure('engine-error', 'The engine could not reach the registry.', {
      ...more,
      hint: "Check the registry's address and the network of the engine.",
    })
  }
  if (/server gave HTTP response to HTTPS client|x509|certificate/i.test(engineMessage)) {
    return new Failure('engine-error', "The registry's certificate is not trusted by the engine.", {
      ...more,
      hint: "Add the registry's certificate to the engine (/etc/docker/certs.d or /etc/containers/certs.d).",
    })
  }
  return new Failure('engine-error', 'The transfer failed.', more)
}
