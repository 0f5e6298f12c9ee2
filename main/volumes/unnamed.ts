/** True for a volume that nobody named: engines give it 64 hex digits. */
export function isUnnamed(name: string): boolean {
  return /^[a-f0-9]{64}$/.test(name)
}
