import path from 'node:path';
import ts from 'typescript';

/** Type-checks many modules at once against the drivers' own declarations. */
export function errorsOfAll(files: ReadonlyMap<string, string>): Map<string, string[]> {
  const options: ts.CompilerOptions = {
    strict: true,
    noUnusedLocals: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    esModuleInterop: true,
    types: ['node'],
  };
  const host = ts.createCompilerHost(options);
  const folder = import.meta.dirname;
  const texts = new Map([...files].map(([name, text]) => [path.join(folder, name), text]));
  const read = host.readFile.bind(host);
  const exists = host.fileExists.bind(host);
  host.readFile = (name) => texts.get(name) ?? read(name);
  host.fileExists = (name) => texts.has(name) || exists(name);
  const source = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) => {
    const text = texts.get(name);
    return text === undefined ? source(name, ...rest) : ts.createSourceFile(name, text, ts.ScriptTarget.ES2023, true);
  };
  const program = ts.createProgram([...texts.keys()], options, host);
  return new Map([...files.keys()].map((name) => [name, errorsOf(program, path.join(folder, name))]));
}

/** Without those of modules that are not there: they are `any`. */
function errorsOf(program: ts.Program, name: string): string[] {
  const all = ts.getPreEmitDiagnostics(program, program.getSourceFile(name));
  const found = all.filter(({ code }) => code !== 2307 && code !== 7016);
  return found.map(({ code, messageText }) => `${code} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
}
