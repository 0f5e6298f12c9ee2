/** How a volume's own folder gets its owner and mode when a tar is unpacked into it. */
export interface VolumesDialect {
  /** The archive route takes them from the entry `./`; otherwise from an entry of the folder's name, above it. */
  unpacksRoot: boolean
  /**
   * Options of a new local volume that is filled before a container uses it: what the first one would do
   * to its folder is not to be done.
   */
  filledOptions(owner: { uid: number; gid: number }): Record<string, string>
}

/** Measured on 20.10.24. */
export const dockerVolumes: VolumesDialect = { unpacksRoot: false, filledOptions: () => ({}) }

/** Measured on 4.3.1. */
export const podmanVolumes: VolumesDialect = {
  unpacksRoot: true,
  // The first container that mounts a volume gets its folder (libpod `fixVolumePermissions`), unless
  // an owner was asked for.
  filledOptions: ({ uid, gid }) => ({ o: `uid=${uid},gid=${gid}` }),
}
