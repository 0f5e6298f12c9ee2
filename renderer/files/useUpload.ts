import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { UPLOAD_PIECE_BYTES, type FileOwner, type FilesTarget } from '../../preload/contract/files'
import type { Problem } from '../../preload/contract/errors'
import { useApi } from '../api'
import { toProblem } from '../problems'
import type { PickedFile } from './dialogs'

/** One upload: its pieces go one by one, and leaving the scope gives it up. */
export function useUpload(target: FilesTarget, folder: string, picked: readonly PickedFile[]) {
  const api = useApi()
  const state = ref<'idle' | 'sending' | 'done'>('idle')
  const sentBytes = ref(0)
  const problem = shallowRef<Problem | null>(null)
  let running = new AbortController()

  const totalBytes = picked.reduce((sum, { file }) => sum + (file?.size ?? 0), 0)
  const share = computed(() => (totalBytes === 0 ? null : sentBytes.value / totalBytes))

  async function send(uploadId: string, signal: AbortSignal): Promise<void> {
    for (const { file } of picked) {
      for (let at = 0; file && at < file.size; at += UPLOAD_PIECE_BYTES) {
        const bytes = await file.slice(at, at + UPLOAD_PIECE_BYTES).arrayBuffer()
        if (signal.aborted) return
        await api.files.uploadPiece(
          { uploadId, base64: toBase64(new Uint8Array(bytes)) },
          { signal },
        )
      }
    }
  }

  async function start(options: {
    replace: boolean
    owner: FileOwner | null
    fileMode: number
  }): Promise<void> {
    running.abort()
    running = new AbortController()
    const { signal } = running
    state.value = 'sending'
    sentBytes.value = 0
    problem.value = null
    const items = picked.map(({ path, file }) =>
      file === null
        ? { kind: 'folder' as const, path }
        : { kind: 'file' as const, path, sizeBytes: file.size, modifiedAt: file.lastModified },
    )
    try {
      const messages = await api.files.upload({ target, folder, items, ...options }, { signal })
      let sending: Promise<void> | null = null
      for await (const message of messages) {
        if (signal.aborted) return
        if (message.kind === 'done') break
        sentBytes.value = message.bytes
        if (message.uploadId === null || sending) continue
        sending = send(message.uploadId, signal)
        // A file that cannot be read here ends it there.
        sending.catch((error: unknown) => fail(error, signal))
      }
      await sending
      if (!signal.aborted) state.value = 'done'
    } catch (error) {
      fail(error, signal)
    }
  }

  /** The first reason counts: what comes after follows from it. */
  function fail(error: unknown, signal: AbortSignal): void {
    if (signal.aborted) return
    problem.value = toProblem(error)
    state.value = 'idle'
    running.abort()
  }

  function cancel(): void {
    running.abort()
    state.value = 'idle'
  }

  onScopeDispose(() => running.abort())
  return { state, sentBytes, totalBytes, share, problem, start, cancel }
}

/** In parts: a call takes so many arguments at most. */
function toBase64(bytes: Uint8Array): string {
  const part = 8_192
  let text = ''
  for (let at = 0; at < bytes.length; at += part) {
    text += String.fromCharCode(...bytes.subarray(at, at + part))
  }
  return btoa(text)
}
