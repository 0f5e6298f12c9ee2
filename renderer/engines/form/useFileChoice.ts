/** The system's own dialog for a file that is asked for by name; undefined in a browser, which knows no paths. */
export function useFileChoice() {
  const bridge = window.longshore
  return (title: string) => bridge && (() => bridge.chooseFile({ title }))
}
