import { publicKeyOf, readSigningKey } from './signature.mjs'

const APPLE = [
  ['APPLE_API_KEY', 'APPLE_API_KEY_ID', 'APPLE_API_ISSUER'],
  ['APPLE_ID', 'APPLE_APP_SPECIFIC_PASSWORD', 'APPLE_TEAM_ID'],
  ['APPLE_KEYCHAIN', 'APPLE_KEYCHAIN_PROFILE'],
]
const AZURE = {
  endpoint: 'AZURE_SIGN_ENDPOINT',
  codeSigningAccountName: 'AZURE_SIGN_ACCOUNT',
  certificateProfileName: 'AZURE_SIGN_PROFILE',
  publisherName: 'AZURE_SIGN_PUBLISHER',
}

/**
 * What the environment gives for a release.
 *
 * @param {Record<string, string | undefined>} env
 * @returns {{
 *   signingKey: import('node:crypto').KeyObject | null,
 *   feed: { url: string, publicKey: string } | null,
 *   configuration: object,
 *   notes: { mac: string[], win: string[], all: string[] },
 * }} The key of checksums and announcements; the feed that is built into the app; what it means for
 *   electron-builder; what to tell about each system. Throws, in words, for what does not fit together.
 */
export function readReleaseKeys(env) {
  const signingKey = readSigningKey(env.LONGSHORE_SIGNING_KEY)
  const feed = feedOf(env.LONGSHORE_UPDATE_URL, signingKey)
  const mac = macSigning(env)
  const win = windowsSigning(env)
  return {
    signingKey,
    feed,
    configuration: {
      ...(feed && { publish: { provider: 'generic', url: feed.url } }),
      ...(mac.configuration && { mac: mac.configuration }),
      ...(win.configuration && { win: win.configuration }),
    },
    notes: {
      mac: mac.notes,
      win: win.notes,
      all: [
        feed
          ? `The app gets its updates from ${feed.url}.`
          : 'No updater is built in: LONGSHORE_UPDATE_URL is not set.',
        ...(signingKey ? [] : ['Checksums are not signed: LONGSHORE_SIGNING_KEY is not set.']),
      ],
    },
  }
}

function feedOf(url, signingKey) {
  if (!url) return null
  if (!URL.canParse(url) || new URL(url).protocol !== 'https:') {
    throw new Error(`LONGSHORE_UPDATE_URL takes an https:// address, not "${url}".`)
  }
  if (!signingKey) {
    throw new Error(
      'LONGSHORE_UPDATE_URL takes LONGSHORE_SIGNING_KEY too: the app believes signed releases only.',
    )
  }
  return { url, publicKey: publicKeyOf(signingKey) }
}

function macSigning(env) {
  const signs = Boolean(env.CSC_LINK ?? env.CSC_NAME)
  const notarizes = APPLE.some((names) => names.every((name) => env[name]))
  if (!signs) {
    const why = notarizes ? ', nor notarised,' : ''
    return {
      notes: [`The app for macOS is not signed${why} by a developer: no CSC_LINK and no CSC_NAME.`],
    }
  }
  return {
    configuration: { forceCodeSigning: true, notarize: notarizes },
    notes: notarizes
      ? []
      : [`The app for macOS is signed and not notarised: none of ${inWords(APPLE)}.`],
  }
}

function windowsSigning(env) {
  const azure = Object.entries(AZURE).map(([option, name]) => [option, env[name]])
  if (azure.every(([, value]) => value)) {
    return {
      configuration: { forceCodeSigning: true, azureSignOptions: Object.fromEntries(azure) },
      notes: [],
    }
  }
  if (azure.some(([, value]) => value)) {
    throw new Error(`Azure's signing takes all of ${Object.values(AZURE).join(', ')}.`)
  }
  if (env.WIN_CSC_LINK ?? env.CSC_LINK) {
    return { configuration: { forceCodeSigning: true }, notes: [] }
  }
  return {
    notes: ['The installer for Windows is not signed: no WIN_CSC_LINK and no AZURE_SIGN_*.'],
  }
}

function inWords(sets) {
  return sets.map((names) => names.join(' + ')).join(', ')
}
