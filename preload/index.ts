import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { channels, portMessage, type Bridge } from './contract/bridge'
import { readShellMessage } from './contract/shellMessage'

const bridge: Bridge = {
  platform: process.platform,
  connect() {
    const { port1, port2 } = new MessageChannel()
    ipcRenderer.postMessage(channels.connect, null, [port1])
    // "/": to a page of this same origin only.
    window.postMessage(portMessage, '/', [port2])
  },
  chooseFile: (options) => ipcRenderer.invoke(channels.chooseFile, options),
  chooseFolder: (options) => ipcRenderer.invoke(channels.chooseFolder, options),
  chooseSaveFile: (options) => ipcRenderer.invoke(channels.chooseSaveFile, options),
  openInBrowser: (url) => ipcRenderer.invoke(channels.openInBrowser, url),
  pathOf: (file) => webUtils.getPathForFile(file),
  openLogFolder: () => ipcRenderer.invoke(channels.openLogFolder),
  showInFolder: (path) => ipcRenderer.invoke(channels.showInFolder, path),
  openTerminal: (container) => ipcRenderer.invoke(channels.openTerminal, container),
  openCopy: (file) => ipcRenderer.invoke(channels.openCopy, file),
  onCommand(listener) {
    const receive = (_event: unknown, value: unknown) => {
      const message = readShellMessage(value)
      if (message) listener(message)
    }
    ipcRenderer.on(channels.command, receive)
    void ipcRenderer.invoke(channels.listen)
    return () => void ipcRenderer.off(channels.command, receive)
  },
}

contextBridge.exposeInMainWorld('longshore', bridge)
