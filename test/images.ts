import { randomUUID } from 'node:crypto'
import { onTestFinished } from 'vitest'
import type { Image } from '../preload/contract/images'
import type { Job } from '../preload/contract/jobs'
import { engineCli, makeLayeredImage, type EngineFacts } from './bed'
import { itemsOf, openClient, type Client } from './client'

/** The app on one engine. */
export async function openOn(engine: EngineFacts) {
  const client = await openClient({ engine: engine.socket })
  const { id: engineId } = await client.engine()
  return { client, api: client.api, engineId }
}

/** Resolves with a job when it has ended, however. */
export async function endOf({ api }: Client, jobId: string): Promise<Job> {
  const ended = ({ id, state }: Job) => id === jobId && state !== 'running'
  const job = (await itemsOf(api.jobs.watch(), (all) => all.some(ended))).find(ended)
  if (!job) throw new Error('unreachable')
  return job
}

/** Resolves with the first image of the live list that fits. */
export async function untilImage(
  { api }: Client,
  engineId: string,
  fits: (image: Image) => boolean,
): Promise<Image> {
  const image = (await itemsOf(api.images.watch({ engineId }), (all) => all.some(fits))).find(fits)
  if (!image) throw new Error('unreachable')
  return image
}

export const called = (reference: string) => (image: Image) => image.references.includes(reference)

export const newImageName = () => `images-${randomUUID().slice(0, 8)}`

/** An image with three layers of its own, tag `1`, removed after the test. */
export async function newImage(
  engine: EngineFacts,
  repository = `localhost/${newImageName()}`,
  layerBytes = 1024 * 1024,
): Promise<string> {
  const reference = `${repository}:1`
  await makeLayeredImage(engine, reference, 3, layerBytes)
  onTestFinished(async () => {
    await engineCli(engine)(['rmi', '--force', reference]).catch(() => undefined)
  })
  return reference
}
