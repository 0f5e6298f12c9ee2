import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { engineCli } from '../bed'
import { openOn } from '../images'
import { newContainer, newName, newNetwork, untilNetwork, untilNoNetwork } from '../networks'

const bed = inject('bed')
const { busybox } = bed

describe.each(bed.engines)('networks of $kind', (engine) => {
  const cli = engineCli(engine)
  const isCalled =
    (name: string) =>
    (network: { name: string }): boolean =>
      network.name === name

  test('one that the command line makes appears, and disappears when it is removed', async () => {
    const { client, engineId } = await openOn(engine)
    const name = await newNetwork(engine, '--label', 'role=test', '--internal')
    const network = await untilNetwork(client, engineId, isCalled(name))
    expect(network).toMatchObject({
      driver: 'bridge',
      builtIn: false,
      internal: true,
      labels: { role: 'test' },
      members: [],
    })
    expect(network.subnets[0]?.subnet).toMatch(/^10\.\d+\.\d+\.0\/24$/)
    await cli(['network', 'rm', name])
    await untilNoNetwork(client, engineId, name)
  })

  test('members are told with addresses and aliases, running or not, and those that share', async () => {
    const { client, engineId } = await openOn(engine)
    const name = await newNetwork(engine)
    const args = ['--network', name]
    const web = await newContainer(engine, { busybox, args: [...args, '--network-alias', 'www'] })
    const made = await newContainer(engine, { busybox, args, start: false })
    const side = await newContainer(engine, {
      busybox,
      args: ['--network', `container:${web.name}`],
    })
    const full = await untilNetwork(
      client,
      engineId,
      (network) =>
        network.name === name &&
        network.members.length === 3 &&
        network.members.some(({ ipv4 }) => ipv4 !== ''),
    )
    expect(full.resolvesNames).toBe(true)
    const byId = new Map(full.members.map((member) => [member.containerId, member]))
    expect(byId.get(web.id)).toMatchObject({ name: web.name, aliases: ['www'], joins: null })
    expect(byId.get(web.id)?.ipv4).toMatch(/^10\./)
    expect(byId.get(web.id)?.mac).toMatch(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/)
    expect(byId.get(made.id)).toMatchObject({ ipv4: '', joins: null })
    expect(byId.get(side.id)).toMatchObject({ joins: web.id, ipv4: byId.get(web.id)?.ipv4 })
    await cli(['stop', '--time', '0', web.name])
    await untilNetwork(
      client,
      engineId,
      (network) =>
        network.id === full.id &&
        network.members.some(({ containerId, ipv4 }) => containerId === web.id && ipv4 === ''),
    )
  })

  test('containers on the host’s network, and on none, are members of these words', async () => {
    const { client, engineId } = await openOn(engine)
    for (const mode of ['host', 'none']) {
      const { id } = await newContainer(engine, { busybox, args: ['--network', mode] })
      const network = await untilNetwork(
        client,
        engineId,
        ({ name, members }) =>
          name === mode && members.some(({ containerId }) => containerId === id),
      )
      expect(network).toMatchObject({ builtIn: true, resolvesNames: false, subnets: [] })
    }
  })

  test('create takes a subnet, a gateway and a range, and all that is said is told', async () => {
    const { client, api, engineId } = await openOn(engine)
    const name = newName()
    onTestFinished(async () => {
      await cli(['network', 'rm', name]).catch(() => undefined)
    })
    const { id } = await api.networks.create({
      engineId,
      name,
      subnets: [
        { subnet: '10.63.7.0/24', gateway: '10.63.7.254', range: '10.63.7.128/26' },
        { subnet: 'fd00:63:7::/64' },
      ],
      ipv6: true,
      internal: true,
      labels: [{ name: 'role', value: 'test' }],
      options: [{ name: 'com.docker.network.driver.mtu', value: '1400' }],
    })
    const network = await untilNetwork(client, engineId, isCalled(name))
    expect(network).toMatchObject({ id, internal: true, ipv6: true, labels: { role: 'test' } })
    expect(network.subnets).toHaveLength(2)
    expect(network.subnets[0]).toMatchObject({ subnet: '10.63.7.0/24', gateway: '10.63.7.254' })
    expect(network.subnets[0]?.range).toContain('10.63.7.1')
    expect(network.subnets[1]).toMatchObject({ subnet: 'fd00:63:7::/64' })
    expect(JSON.stringify(network.options)).toContain('1400')
  })

  test('create refuses a name that is taken and addresses that do not fit, with the reason', async () => {
    const { api, engineId } = await openOn(engine)
    const taken = await newNetwork(engine, '--subnet', '10.62.7.0/24')
    const refused = [
      [{ name: taken }, 'conflict', 'There is a network of this name already.'],
      [{ name: 'host' }, 'conflict', 'There is a network of this name already.'],
      [{ name: 'container' }, 'invalid-input', 'Engines keep this name for themselves.'],
      [
        { name: newName(), subnets: [{ subnet: '10.62.8.5/24' }] },
        'invalid-input',
        'The subnet does not begin where it says.',
      ],
      [
        { name: newName(), subnets: [{ subnet: '10.62.8.0/24', gateway: '10.62.9.1' }] },
        'invalid-input',
        'The gateway is not in the subnet.',
      ],
      [
        { name: newName(), subnets: [{ subnet: '10.62.7.128/25' }] },
        'conflict',
        'Addresses of the subnet are taken.',
      ],
    ] as const
    for (const [settings, code, message] of refused) {
      const subnets = 'subnets' in settings ? [...settings.subnets] : []
      await expect(api.networks.create({ engineId, ...settings, subnets })).rejects.toMatchObject({
        code,
        message,
      })
    }
  })

  test('remove refuses what is in use, by name, and what comes with the engine', async () => {
    const { client, api, engineId } = await openOn(engine)
    const [used, free] = [await newNetwork(engine), await newNetwork(engine)]
    const made = await newContainer(engine, { busybox, args: ['--network', used], start: false })
    const idOf = async (name: string) => (await untilNetwork(client, engineId, isCalled(name))).id
    const own = await untilNetwork(
      client,
      engineId,
      ({ builtIn, driver }) => builtIn && driver === 'bridge',
    )
    const [usedId, freeId] = [await idOf(used), await idOf(free)]
    const { outcomes } = await api.networks.remove({ engineId, ids: [usedId, freeId, own.id] })
    expect(outcomes).toMatchObject([
      {
        id: usedId,
        changed: false,
        problem: { code: 'conflict', message: `The container ${made.name} is connected to it.` },
      },
      { id: freeId, changed: true },
      { id: own.id, changed: false, problem: { code: 'invalid-input' } },
    ])
    await untilNoNetwork(client, engineId, free)
  })

  test('connect gives a running and a stopped container aliases and an address; disconnect takes both off', async () => {
    const { client, api, engineId } = await openOn(engine)
    const name = await newNetwork(engine, '--subnet', '10.61.7.0/24')
    const { id } = await untilNetwork(client, engineId, isCalled(name))
    const runs = await newContainer(engine, { busybox })
    const home = await newNetwork(engine)
    const made = await newContainer(engine, { busybox, args: ['--network', home], start: false })
    await api.networks.connect({
      ...{ engineId, id, containerId: runs.id, aliases: ['api'], ipv4: '10.61.7.77' },
    })
    await api.networks.connect({ engineId, id, containerId: made.id, aliases: ['later'] })
    const full = await untilNetwork(
      client,
      engineId,
      (network) => network.id === id && network.members.length === 2,
    )
    expect(full.members.find(({ containerId }) => containerId === runs.id)).toMatchObject({
      ipv4: '10.61.7.77',
      aliases: ['api'],
    })
    expect(full.members.find(({ containerId }) => containerId === made.id)).toMatchObject({
      ipv4: '',
      aliases: ['later'],
    })
    // It really is there: the other one finds it by its name.
    await cli(['start', made.name])
    expect(await cli(['exec', made.name, 'ping', '-c', '1', '-W', '5', 'api'])).toContain(
      '10.61.7.77',
    )
    await cli(['stop', '--time', '0', made.name])
    for (const containerId of [runs.id, made.id]) {
      await api.networks.disconnect({ engineId, id, containerId })
    }
    await untilNetwork(
      client,
      engineId,
      (network) => network.id === id && network.members.length === 0,
    )
  })

  test('connect refuses what cannot be, in words', async () => {
    const { client, api, engineId } = await openOn(engine)
    const name = await newNetwork(engine, '--subnet', '10.60.7.0/24')
    const { id } = await untilNetwork(client, engineId, isCalled(name))
    const runs = await newContainer(engine, { busybox, args: ['--network', name] })
    const onHost = await newContainer(engine, { busybox, args: ['--network', 'host'] })
    const connect = (containerId: string, more: object = {}) =>
      api.networks.connect({ engineId, id, containerId, ...more })
    await expect(connect(runs.id)).rejects.toMatchObject({ code: 'conflict' })
    await expect(connect(onHost.id)).rejects.toMatchObject({
      code: 'conflict',
      message: 'The way it is connected cannot be changed.',
    })
    const other = await newContainer(engine, { busybox })
    await expect(connect(other.id, { ipv4: '10.9.9.9' })).rejects.toMatchObject({
      code: 'invalid-input',
      message: `10.9.9.9 is not an address of "${name}".`,
    })
    await expect(connect('a'.repeat(64))).rejects.toMatchObject({ code: 'not-found' })
    await expect(
      api.networks.disconnect({ engineId, id, containerId: other.id }),
    ).rejects.toMatchObject({ code: 'not-found' })
  })

  test('inspect tells everything, and masks what looks secret until it is asked for', async () => {
    const { client, api, engineId } = await openOn(engine)
    const name = await newNetwork(engine, '--label', 'api_token=abc', '--label', 'role=test')
    const { id } = await untilNetwork(client, engineId, isCalled(name))
    const masked = await api.networks.inspect({ engineId, id })
    expect(masked.labels).toContainEqual({ name: 'role', value: 'test', masked: false })
    expect(masked.labels).toContainEqual({ name: 'api_token', value: '••••••••', masked: true })
    expect(masked.inspectJson).not.toContain('abc"')
    expect(masked.inspectJson).toContain(id)
    const shown = await api.networks.inspect({ engineId, id, reveal: true })
    expect(shown.inspectJson).toContain('"abc"')
  })
})
