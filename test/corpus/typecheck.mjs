import path from 'node:path';
import ts from 'typescript';

/**
 * What TypeScript says of one file by itself: no other file is read, so each import is an error (and `any`), before a
 * repair as after it.
 */

const LIBRARIES = path.dirname(ts.getDefaultLibFilePath({}));
const SCRIPT = /\.[cm]?jsx?$/;
const MODES = [{ strict: false }, { strict: true }];

/** Parsed once: a program of one file is mostly its libraries. */
const libraries = new Map();

/** @returns {{ syntax: string[], types: string[] }} each error as its code and text, without its place */
export function errorsOf(fileName, code) {
  const modes = MODES.map((mode) => diagnose(fileName, code, mode));
  return { syntax: modes[0].syntax, types: modes.flatMap(({ types }) => types) };
}

/** The errors that are in `after` more often than in `before`. */
export function added(before, after) {
  const left = [...before];
  return after.filter((error) => {
    const at = left.indexOf(error);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

function diagnose(fileName, code, { strict }) {
  const options = {
    strict,
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
    jsx: ts.JsxEmit.Preserve,
    types: [],
    noResolve: true,
    noEmit: true,
    skipLibCheck: true,
    allowJs: true,
    checkJs: SCRIPT.test(fileName),
    experimentalDecorators: true,
  };
  const name = `/${fileName}`;
  const source = ts.createSourceFile(name, code, { languageVersion: options.target }, true);
  const program = ts.createProgram([name], options, hostOf(source, options));
  const print = ({ code: number, messageText }) => `TS${number} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  const mode = strict ? ' (strict)' : '';
  return {
    syntax: program.getSyntacticDiagnostics(source).map(print),
    types: program.getSemanticDiagnostics(source).map((error) => print(error) + mode),
  };
}

function hostOf(source, options) {
  const host = ts.createCompilerHost(options);
  return {
    ...host,
    getSourceFile: (name) => (name === source.fileName ? source : libraryOf(host, name, options)),
    fileExists: (name) => name === source.fileName || name.startsWith(LIBRARIES),
    readFile: (name) => (name === source.fileName ? source.text : host.readFile(name)),
    writeFile: () => {},
  };
}

function libraryOf(host, name, options) {
  if (!name.startsWith(LIBRARIES)) return undefined;
  if (!libraries.has(name)) libraries.set(name, host.getSourceFile(name, { languageVersion: options.target }));
  return libraries.get(name);
}
