import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, sep } from 'node:path'
import ts from 'typescript'

const root = join(import.meta.dirname, '../../..')

/** Where what is said to the person is made. */
const speaking = ['main', 'preload/contract']
const catalogue = 'words.de.ts'

export interface Source {
  /** From the project's folder on. */
  path: string
  file: ts.SourceFile
}

export interface Found {
  text: string
  /** `main/volumes/actions.ts:60` */
  place: string
}

function speakingFiles(): string[] {
  return speaking.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => `${folder}/${path.replaceAll(sep, '/')}`),
  )
}

/** The sources that speak to the person, without their catalogues. */
export function speakingSources(): Source[] {
  return speakingFiles()
    .filter((path) => basename(path) !== catalogue)
    .map((path) => sourceOf(path, readFileSync(join(root, path), 'utf8')))
}

export function sourceOf(path: string, text: string): Source {
  return { path, file: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true) }
}

/** The catalogues' places, as paths for `import`. */
export function germanCatalogues(): string[] {
  return speakingFiles()
    .filter((path) => basename(path) === catalogue)
    .map((path) => join(root, path))
}

/** The templates of `say`, as catalogues have them; and of these, those that are said while a module is loaded. */
export function templatesIn(source: Source): { all: Found[]; atLoad: Found[] } {
  const all: Found[] = []
  const atLoad: Found[] = []
  visit(source.file, (node) => {
    if (!isSaid(node)) return
    const found = { text: keyOf(node.template), place: placeOf(source, node) }
    all.push(found)
    if (ts.findAncestor(node, ts.isFunctionLike) === undefined) atLoad.push(found)
  })
  return { all, atLoad }
}

/** Texts that look as if they were said to a person, and are not made by `say`. */
export function unsaidIn(source: Source): Found[] {
  const found: Found[] = []
  visit(source.file, (node) => {
    if (!isText(node) || isSaid(node.parent) || isForDevelopers(node)) return
    const text = keyOf(node)
    if (isSentence(text) || (isSaying(node) && /[a-z]{2}/.test(text) && text.includes(' '))) {
      found.push({ text, place: placeOf(source, node) })
    }
  })
  return found
}

type Text = ts.StringLiteral | ts.TemplateLiteral

function visit(node: ts.Node, each: (node: ts.Node) => void): void {
  each(node)
  ts.forEachChild(node, (child) => visit(child, each))
}

function isSaid(node: ts.Node): node is ts.TaggedTemplateExpression {
  return ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'say'
}

function isText(node: ts.Node): node is Text {
  if (!ts.isStringLiteral(node) && !ts.isTemplateLiteral(node)) return false
  return !ts.isLiteralTypeNode(node.parent)
}

/** Two words or more, from a capital or a quote to the end of a sentence. */
function isSentence(text: string): boolean {
  return /^[A-Z"“{].*[a-z]+.* [a-z]/s.test(text) && /[.?:]$/.test(text.trim())
}

/** What errors of programmers and lines of the log say is English. */
const forDevelopers = /^(?:(?:Type|Syntax|Range)?Error|DOMException|RegExp|console\.\w+|log\.\w+)$/

function isForDevelopers(text: Text): boolean {
  const call = ts.findAncestor(
    text,
    (node) => ts.isCallExpression(node) || ts.isNewExpression(node),
  )
  return call !== undefined && forDevelopers.test(call.expression.getText())
}

/** A failure's message, or a property that holds such a thing. */
function isSaying(text: Text): boolean {
  const { parent } = chosenFrom(text)
  if (ts.isPropertyAssignment(parent)) return ['message', 'hint'].includes(parent.name.getText())
  return ts.isNewExpression(parent) && parent.expression.getText().endsWith('Failure')
}

/** The whole expression of which a text is one choice: `a ? 'x' : 'y'`. */
function chosenFrom(node: ts.Node): ts.Node {
  return ts.isConditionalExpression(node.parent) || ts.isParenthesizedExpression(node.parent)
    ? chosenFrom(node.parent)
    : node
}

function keyOf(text: Text): string {
  if (!ts.isTemplateExpression(text)) return text.text
  return text.templateSpans.reduce(
    (key, { literal }, index) => `${key}{${index}}${literal.text}`,
    text.head.text,
  )
}

function placeOf({ path, file }: Source, node: ts.Node): string {
  return `${path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`
}
