import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { chainIdsOf } from '../../../main/images/chainIds'
import type { PresentLayers } from '../../../main/images/presentLayers'
import { layersHere, ociPlatform } from '../../../main/images/pullPlan'

const digest = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`
const [base, middle, top] = [digest('base'), digest('middle'), digest('top')] as const
const image = digest('image')

const present = (diffIds: string[], images: string[] = []): PresentLayers => ({
  images: new Set(images),
  chainIds: new Set(chainIdsOf(diffIds)),
  diffIds: new Set(diffIds),
})

test('a chain ID is the digest of the chain below and the layer, the lowest one the layer itself', () => {
  expect(chainIdsOf([base, middle, top])).toEqual([
    base,
    digest(`${base} ${middle}`),
    digest(`${digest(`${base} ${middle}`)} ${top}`),
  ])
})

describe('which layers an engine has', () => {
  test('by chain: up to the first that it lacks, whatever it has of those above', () => {
    const here = layersHere([base, middle, top], image, present([base, middle]), 'by-chain-id')
    expect(here).toEqual([true, true, false])
    const otherBase = layersHere([base, middle], image, present([top, middle]), 'by-chain-id')
    expect(otherBase).toEqual([false, false])
  })

  test('each by itself where the engine finds them so', () => {
    const here = layersHere([base, middle, top], image, present([top, base]), 'by-diff-id')
    expect(here).toEqual([true, false, true])
  })

  test('all, where the very image is there', () => {
    const here = layersHere([base, top], image, present([], [image]), 'by-chain-id')
    expect(here).toEqual([true, true])
  })
})

test("an engine's machine is called as images call it", () => {
  expect(ociPlatform('linux/x86_64')).toBe('linux/amd64')
  expect(ociPlatform('linux/aarch64')).toBe('linux/arm64')
  expect(ociPlatform('linux/armv7l')).toBe('linux/arm/v7')
  expect(ociPlatform('windows/amd64')).toBe('windows/amd64')
})
