import type { Capability, CapabilityName, Security } from '../../preload/contract/isolation'
import type { Tone } from '../ui/tones'
import type { useWords } from '../words'

type Words = ReturnType<typeof useWords>['t']

/**
 * Those with which a process can get out of its container or take the machine, alone or nearly so
 * (capabilities(7), "Notes to kernel developers": CAP_SYS_ADMIN is the new root).
 */
const strong: ReadonlySet<CapabilityName> = new Set([
  'CAP_BPF',
  'CAP_CHECKPOINT_RESTORE',
  'CAP_DAC_READ_SEARCH',
  'CAP_MAC_ADMIN',
  'CAP_MAC_OVERRIDE',
  'CAP_NET_ADMIN',
  'CAP_PERFMON',
  'CAP_SYS_ADMIN',
  'CAP_SYS_BOOT',
  'CAP_SYS_MODULE',
  'CAP_SYS_PTRACE',
  'CAP_SYS_RAWIO',
  'CAP_SYS_TIME',
  'CAP_SYSLOG',
])

export function isStrong({ name }: Capability): boolean {
  return strong.has(name)
}

/** Capabilities beside what the engine usually gives; one that can only be gained counts as had. */
export function arrangeCapabilities(capabilities: readonly Capability[]) {
  const had = (each: Capability) => each.effective || each.permitted || each.bounding
  return {
    held: capabilities.filter(({ effective }) => effective),
    gainable: capabilities.filter(({ effective, bounding }) => bounding && !effective),
    added: capabilities.filter((each) => had(each) && !each.usual),
    dropped: capabilities.filter((each) => !had(each) && each.usual),
    kept: capabilities.filter((each) => had(each) && each.usual),
  }
}

export interface Confinement {
  tone: Tone
  text: string
}

/** What else holds it back, a sentence each, and whether that is good, plain, or worth a look. */
export function confinementsOf(security: Security, t: Words): Confinement[] {
  const { seccomp, noNewPrivileges, rootReadOnly, maskedPaths, readOnlyPaths } = security
  const paths = (list: readonly string[]) => list.join(', ')
  return [
    {
      tone: seccomp === 'off' ? 'warning' : 'good',
      text: t(`isolation.rights.seccomp.${seccomp}`),
    },
    labelOf(security.label, t),
    {
      tone: noNewPrivileges ? 'good' : 'off',
      text: t(`isolation.rights.noNewPrivileges.${noNewPrivileges ? 'on' : 'off'}`),
    },
    {
      tone: rootReadOnly ? 'good' : 'off',
      text: t(
        `isolation.rights.root.${rootReadOnly === null ? 'unknown' : rootReadOnly ? 'readOnly' : 'writable'}`,
      ),
    },
    maskedPaths.length > 0
      ? { tone: 'good', text: t('isolation.rights.masked', { paths: paths(maskedPaths) }) }
      : { tone: 'warning', text: t('isolation.rights.notMasked') },
    ...(readOnlyPaths.length > 0
      ? [
          {
            tone: 'good',
            text: t('isolation.rights.readOnly', { paths: paths(readOnlyPaths) }),
          } as const,
        ]
      : []),
  ]
}

function labelOf(label: Security['label'], t: Words): Confinement {
  if (!label) return { tone: 'off', text: t('isolation.rights.label.none') }
  if (label.module === 'apparmor' && label.text === 'unconfined') {
    return { tone: 'warning', text: t('isolation.rights.label.unconfined') }
  }
  return {
    tone: 'good',
    text: t(`isolation.rights.label.${label.module}`, { label: label.text }),
  }
}
