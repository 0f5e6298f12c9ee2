/** What a pasted line said that the form could not take over as it was; nothing is left out silently. */
export type LineNote =
  /** No option of `docker run` or `podman run` that is known here. */
  | { kind: 'unknown'; text: string }
  /** An option that the form has no field for. */
  | { kind: 'no-field'; text: string }
  /** The option's value could not be read. */
  | { kind: 'bad-value'; text: string }
  /** It concerns only the command that was typed: what it prints, what the terminal does. */
  | { kind: 'only-there'; text: string }
  /** A variable without a value has it from the shell. */
  | { kind: 'from-shell'; text: string }
  /** A file of the machine that the line was written for. */
  | { kind: 'from-file'; text: string }
  /** A shell would put something else in its place. */
  | { kind: 'unexpanded'; text: string }
  /** The engine was to choose one of these ports: the first was taken. */
  | { kind: 'first-of-range'; text: string }
  /** Another command beside the one that makes the container. */
  | { kind: 'other-command'; text: string }

export type NoteKind = LineNote['kind']
