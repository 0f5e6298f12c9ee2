import { z } from 'zod'
import { absolutePath, engineScope, procedure } from './base'
import {
  attachedArtifact,
  contentDigest,
  hubRepository,
  namePage,
  pageOf,
  remoteContent,
  repositoryName,
  tagDeletion,
  tagOrDigest,
} from './registryContents'
import { say } from './say'

/** `docker.io`, `ghcr.io`, `localhost:5000`: host and port, no scheme, no path. */
export const registryHost = z
  .string()
  .trim()
  .toLowerCase()
  .max(255)
  .regex(/^(?:\[[0-9a-f:]+\]|[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::[0-9]{1,5})?$/, {
    error: () => say`A host, with a port if it is not 443: ghcr.io, localhost:5000.`,
  })

export const registry = z.object({
  host: z.string(),
  /** Null where a helper knows only a token. */
  username: z.string().nullable(),
  /** Where the password is kept. */
  source: z.enum(['docker-config', 'credential-helper', 'podman-auth', 'longshore']),
  /** The helper's name: `docker-credential-<helper>`. */
  helper: z.string().nullable(),
})
export type Registry = z.infer<typeof registry>

/**
 * Credential helpers that make a login out of what the cloud's own tools know, and keep none that they are
 * given, nor forget any (awslabs/amazon-ecr-credential-helper, `Add`; the Google Cloud SDK;
 * docker-credential-acr-env).
 */
export const helpersThatLogIn: ReadonlySet<string> = new Set(['ecr-login', 'gcloud', 'acr-env'])

/** Where a login can be put: docker's helper, this app's own store, or docker's config.json in the clear. */
export const loginPlace = z.enum(['helper', 'longshore', 'docker-config'])
export type LoginPlace = z.infer<typeof loginPlace>

/** Where the login of one host can be kept. */
const loginPlaces = z.object({
  /** The helper that docker would use for this host; null: none is configured, or it is not installed. */
  helper: z
    .object({
      name: z.string(),
      /** It makes its logins itself (ECR, gcloud) and keeps none that are given to it. */
      logsInByItself: z.boolean(),
    })
    .nullable(),
  /** Where it goes when nothing is chosen. */
  usual: loginPlace,
  dockerConfigFile: z.string(),
})

export const mostMirrors = 8

/** How one registry is reached, where that is not the usual way; each by the person's own choice. */
export const registrySettings = z.object({
  host: registryHost,
  /** Without TLS: whoever is between can read and change everything. */
  plainHttp: z.boolean(),
  /** The certificate of an authority to trust for this registry beside the usual ones. */
  ca: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('pem'), pem: z.string().trim().min(1).max(262_144) }),
      /** Read again at each use. */
      z.object({ kind: z.literal('file'), path: absolutePath }),
    ])
    .nullable(),
  /** Takes any certificate for this host. */
  skipVerify: z.boolean(),
  /** Hosts to read manifests and blobs from first, in this order. */
  mirrors: z.array(registryHost).max(mostMirrors),
})
export type RegistrySettings = z.infer<typeof registrySettings>

/** What has to be written on the engine's machine so that the engine itself goes the same way. */
const engineSetup = z.object({
  /** What the app already sees to by itself with every call; null: nothing. */
  byItself: z.string().nullable(),
  steps: z.array(
    z.object({
      /** What to do: "Add to this file", in words. */
      instruction: z.string(),
      file: z.string(),
      content: z.string(),
    }),
  ),
  /** What has to happen then; null: nothing. */
  afterwards: z.string().nullable(),
})

const inRegistry = z.object({ host: registryHost })
const inRepository = inRegistry.extend({ repository: repositoryName })

export const registries = {
  /** Every registry that someone is logged in to. */
  list: procedure.output(
    z.object({
      registries: z.array(registry),
      /** How the app keeps a password of its own: the system's key store, or a file only its owner can read. */
      protection: z.enum(['key-store', 'file']),
      /** Files or helpers that could not be read, in words. */
      warnings: z.array(z.string()),
    }),
  ),
  /** Where a login of this host can be kept. */
  places: procedure.input(inRegistry).output(loginPlaces),
  /** Asks the registry itself first; wrong names or passwords are refused and nothing is kept. */
  logIn: procedure
    .input(
      inRegistry
        .extend({
          /** `identity-token`: `password` is an OAuth2 refresh token, and no name is needed. */
          kind: z.enum(['password', 'identity-token']).default('password'),
          username: z.string().max(1_024).default(''),
          password: z.string().min(1).max(65_536),
          /** The usual place when left out. */
          keepIn: loginPlace.optional(),
        })
        .refine(({ kind, username }) => kind === 'identity-token' || username !== '', {
          error: () => say`A password needs a user name.`,
          path: ['username'],
        }),
    )
    .output(z.void()),
  /** Forgets the password wherever it is kept. */
  logOut: procedure.input(inRegistry).output(z.void()),

  /** The registries that are reached in other than the usual way. */
  settings: procedure.output(z.array(registrySettings)),
  /**
   * Settings that say nothing unusual are forgotten. Refused with `confirmation-needed` and the dangers
   * where protection is newly given up and `confirmed` is false.
   */
  changeSettings: procedure
    .input(registrySettings.extend({ confirmed: z.boolean().default(false) }))
    .output(z.void()),
  /** What the engine itself needs for the settings of a host. */
  engineSetup: procedure.input(engineScope.extend(inRegistry.shape)).output(engineSetup),

  /** Repositories, page by page; many registries list none to anybody. */
  catalog: procedure.input(inRegistry.extend(pageOf)).output(namePage),
  tags: procedure.input(inRepository.extend(pageOf)).output(namePage),
  describe: procedure
    .input(
      inRepository.extend({
        reference: tagOrDigest,
        /** The values of variables with secret names, too. */
        reveal: z.boolean().default(false),
      }),
    )
    .output(remoteContent),
  /** What is attached to a manifest. */
  referrers: procedure
    .input(inRepository.extend({ digest: contentDigest }))
    .output(z.array(attachedArtifact)),
  /** What deleting a tag would delete. Nothing is deleted. */
  deletion: procedure.input(inRepository.extend({ tag: tagOrDigest })).output(tagDeletion),
  /**
   * Deletes the manifest, and with it all its tags. Refused with `conflict` when a tag stands for it
   * that is not among `tags`: what the person has agreed to.
   */
  deleteTag: procedure
    .input(
      inRepository.extend({
        tag: tagOrDigest,
        digest: contentDigest,
        tags: z.array(tagOrDigest).max(10_000),
      }),
    )
    .output(z.void()),
  /** Looks for repositories on Docker Hub. `page` begins at 1. */
  search: procedure
    .input(
      z.object({
        text: z.string().trim().min(2).max(256),
        page: z.number().int().min(1).max(100).default(1),
      }),
    )
    .output(z.object({ repositories: z.array(hubRepository), more: z.boolean() })),
}
