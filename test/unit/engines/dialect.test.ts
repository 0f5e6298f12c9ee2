import { describe, expect, test } from 'vitest'
import { dockerDialect } from '../../../main/engines/dialect/docker'
import { parseEvent } from '../../../main/engines/dialect/event'
import { podmanDialect } from '../../../main/engines/dialect/podman'
import { statusOfCause } from '../../../main/engines/dialect/podmanCauses'

const event = (Action: string, Type = 'container') => ({
  Type,
  Action,
  Actor: { ID: 'abc', Attributes: {} },
  time: 1_700_000_000,
  timeNano: 1_700_000_000_123_456_800,
})

describe('events', () => {
  test('are read without the status, id and from that API 1.52 dropped', () => {
    expect(parseEvent(event('start'))).toMatchObject({
      type: 'container',
      action: 'start',
      id: 'abc',
    })
  })

  test("a container's end comes with its exit code, under each engine's name for it", () => {
    const died = (attributes: object) => ({
      ...event('die'),
      Actor: { ID: 'abc', Attributes: attributes },
    })
    expect(parseEvent(died({ exitCode: '137', name: 'web' }))?.exitCode).toBe(137)
    expect(parseEvent(died({ containerExitCode: '3' }))?.exitCode).toBe(3)
    expect(parseEvent(died({ exitCode: 'none' }))?.exitCode).toBeNull()
    expect(parseEvent({ ...event('die'), Actor: { ID: 'abc' } })?.exitCode).toBeNull()
  })

  test('compound actions are cut at the colon', () => {
    expect(parseEvent(event('health_status: healthy'))?.action).toBe('health_status')
    expect(parseEvent(event('exec_start: sh -c x'))?.action).toBe('exec_start')
  })

  test('types that mean nothing here are told apart, and what is no event is none', () => {
    expect(parseEvent(event('connect', 'plugin'))?.type).toBe('other')
    expect(parseEvent({ status: 'start', id: 'abc' })).toBeNull()
    expect(parseEvent('start')).toBeNull()
  })

  test("Podman's own words become Docker's, for containers only", () => {
    expect(podmanDialect.event(event('died'))?.action).toBe('die')
    expect(podmanDialect.event(event('remove'))?.action).toBe('destroy')
    expect(podmanDialect.event(event('remove', 'image'))?.action).toBe('remove')
  })
})

test("states: Podman's become Docker's, unknown ones never become running", () => {
  expect(podmanDialect.containerState('configured')).toBe('created')
  expect(podmanDialect.containerState('Stopped')).toBe('exited')
  expect(podmanDialect.containerState('new-in-6')).toBe('dead')
  expect(dockerDialect.containerState('running')).toBe('running')
  expect(dockerDialect.containerState('new-in-40')).toBe('exited')
})

describe('pull and push', () => {
  const digest = `sha256:${'a'.repeat(64)}`

  test('Docker takes the digest as a tag', () => {
    expect(dockerDialect.pullRequest('h/x', digest, { plainHttp: false })).toEqual({
      path: '/images/create',
      query: { fromImage: 'h/x', tag: digest },
    })
  })

  test('Podman wants it in the name, and its own route for a registry without TLS', () => {
    expect(podmanDialect.pullRequest('h/x', digest, { plainHttp: false })).toEqual({
      path: '/images/create',
      query: { fromImage: `h/x@${digest}` },
    })
    expect(podmanDialect.pullRequest('h/x', '1', { plainHttp: true }).query).toMatchObject({
      reference: 'h/x:1',
      tlsVerify: 'false',
    })
    expect(podmanDialect.pushRequest('h/x', '1', { plainHttp: false }).query).not.toHaveProperty(
      'tlsVerify',
    )
  })
})

describe('pulling for a platform', () => {
  const platform = 'linux/arm64/v8'

  test('goes as one word to the compatible routes, and in parts to libpod', () => {
    const options = { plainHttp: false, platform }
    expect(dockerDialect.pullRequest('h/x', '1', options).query).toMatchObject({ platform })
    expect(podmanDialect.pullRequest('h/x', '1', options).query).toMatchObject({ platform })
    expect(
      podmanDialect.pullRequest('h/x', '1', { plainHttp: true, platform }).query,
    ).toMatchObject({ OS: 'linux', Arch: 'arm64', Variant: 'v8' })
  })
})

test('the causes beside 500 tell what Docker tells by the status', () => {
  expect(statusOfCause('no such container')).toBe(404)
  expect(statusOfCause('container state improper')).toBe(409)
  expect(statusOfCause('something else')).toBeNull()
})
