// What the compiler of TypeScript says of values that are written down as being of these types.
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const file = fileURLToPath(new URL('./checked.ts', import.meta.url)) // exists in memory only
const options = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  types: [],
  module: ts.ModuleKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
}

// head: imports and types that the values speak of. [{ type, value, place }] -> ['place: what is wrong'].
export function complaints(head, values) {
  const lines = values.map(({ type, value, place }, i) => `const v${i}: ${type} = ${JSON.stringify(value)} // ${place}`)
  const source = `${head}\n${lines.join('\n')}`
  const host = ts.createCompilerHost(options)
  const read = host.getSourceFile
  host.getSourceFile = (name, ...rest) => (name === file ? ts.createSourceFile(name, source, options.target) : read.call(host, name, ...rest))
  host.fileExists = (name) => name === file || ts.sys.fileExists(name)
  const program = ts.createProgram([file], options, host)
  const written = source.split('\n')
  return ts.getPreEmitDiagnostics(program, program.getSourceFile(file)).map((found) => {
    const { line } = ts.getLineAndCharacterOfPosition(found.file, found.start)
    return `${written[line].split(' // ').at(-1)}: ${ts.flattenDiagnosticMessageText(found.messageText, ' ')}`
  })
}
