/**
 * Docs blocks of the project's markdown, and the descriptions that call them.
 */
import { DagbookError, type Position } from '../base/index.js';
import {
  type Context,
  createEnvironment,
  parseTemplate,
  PyFunction,
  render,
  splitBlocks,
  toText,
  type Value,
} from '../jinja/index.js';
import { baseEntries, MOMENTS } from '../context/index.js';
import { readText } from '../platform/index.js';
import { pythonStrip } from '../project/index.js';
import type { DocBlock } from './manifest.js';
import type { ParseScope } from './parse-scope.js';

const JINJA = /\{[{%#]|[#}%]\}/u;
const DOC_CALL =
  /\{\{\s*doc\(\s*(?:'(?<one>[^'\\]*)'|"(?<two>[^"\\]*)")\s*(?:,\s*(?:'(?<three>[^'\\]*)'|"(?<four>[^"\\]*)")\s*)?\)\s*\}\}/gu;

const environment = createEnvironment({ undefinedMode: 'text' });
const NOTHING: Context = { lookup: () => undefined };

/** Reads every docs block; what cannot be read, and a second block of one name, is reported. */
export function readDocs(scope: ParseScope): ReadonlyMap<string, DocBlock> {
  const docs = new Map<string, DocBlock>();
  for (const owner of scope.packages) {
    for (const file of owner.files) {
      if (file.kind !== 'docs') continue;
      const shownFile = scope.shownFile(owner, file.originalFilePath);
      const position: Position = { file: shownFile, line: 1, column: 1 };
      try {
        const text = readText(file.file);
        if (!text.includes('{%')) continue;
        for (const block of splitBlocks(text, { name: shownFile })) {
          if (block.kind !== 'docs') continue;
          const id = `doc.${owner.name}.${block.name}`;
          const first = docs.get(id);
          if (first !== undefined) {
            scope.error(
              'manifest/duplicate-doc',
              `Two docs blocks of '${owner.name}' are named '${block.name}': in ${first.path} and ${file.originalFilePath}.`,
              { file: shownFile, line: block.line, column: 1 },
            );
            continue;
          }
          docs.set(id, {
            id,
            name: block.name,
            packageName: owner.name,
            path: file.originalFilePath,
            contents: contentsOf(block.contents, shownFile),
          });
        }
      } catch (error) {
        scope.caught(error, 'manifest/docs', position);
      }
    }
  }
  return docs;
}

function contentsOf(text: string, file: string): string {
  const rendered = JINJA.test(text)
    ? render(parseTemplate(text, { name: file }), NOTHING, environment)
    : text;
  return pythonStrip(rendered);
}

/** Renders descriptions; remembers which block a name means. */
export class DescriptionRenderer {
  readonly #scope: ParseScope;
  readonly #docs: ReadonlyMap<string, DocBlock>;
  readonly #byName = new Map<string, DocBlock>();
  readonly #entries: ReadonlyMap<string, Value>;

  constructor(scope: ParseScope, docs: ReadonlyMap<string, DocBlock>) {
    this.#scope = scope;
    this.#docs = docs;
    this.#entries = baseEntries(scope.facts);
    for (const doc of docs.values()) {
      if (!this.#byName.has(doc.name)) this.#byName.set(doc.name, doc);
    }
  }

  /** The description with its `doc()` calls replaced; what fails is reported and leaves the text as written. */
  render(text: string, packageName: string, position: () => Position, nodeId: string): string {
    if (!JINJA.test(text)) return text;
    try {
      return this.#simple(text, packageName) ?? this.#whole(text, packageName, position().file);
    } catch (error) {
      this.#scope.caught(error, 'manifest/description', position(), nodeId);
      return text;
    }
  }

  /** Texts with literal `doc()` calls and no other Jinja need no rendering. */
  #simple(text: string, packageName: string): string | undefined {
    if (JINJA.test(text.replaceAll(DOC_CALL, ''))) return undefined;
    const replaced = text.replaceAll(DOC_CALL, (...match: readonly unknown[]) => {
      const { one, two, three, four } = match.at(-1) as Readonly<
        Record<string, string | undefined>
      >; // named groups come last
      const first = one ?? two ?? '';
      const second = three ?? four;
      return second === undefined
        ? this.#contents(first, null, packageName)
        : this.#contents(second, first, packageName);
    });
    // A template's last newline is not part of it.
    return text.endsWith('\n') ? replaced.replace(/\n$/u, '') : replaced;
  }

  #whole(text: string, packageName: string, file: string): string {
    const doc = new PyFunction('doc', ({ args }) => {
      const [first = '', second] = args.map(toText);
      return second === undefined
        ? this.#contents(first, null, packageName)
        : this.#contents(second, first, packageName);
    });
    const context: Context = {
      lookup: (name) => {
        if (MOMENTS.has(name)) this.#scope.facts.watch?.onMoment();
        return name === 'doc' ? doc : this.#entries.get(name);
      },
    };
    return render(parseTemplate(text, { name: file }), context, environment);
  }

  #contents(name: string, docPackage: string | null, packageName: string): string {
    const packages = docPackage === null ? [this.#scope.project.name, packageName] : [docPackage];
    for (const one of packages) {
      const doc = this.#docs.get(`doc.${one}.${name}`);
      if (doc !== undefined) return doc.contents;
    }
    const anywhere = docPackage === null ? this.#byName.get(name) : undefined;
    if (anywhere !== undefined) return anywhere.contents;
    throw new DagbookError(
      'manifest/unknown-doc',
      `There is no docs block '${docPackage === null ? '' : `${docPackage}.`}${name}'.`,
      { exitCode: 1, hint: 'Write one in a .md file: {% docs name %} ... {% enddocs %}.' },
    );
  }
}
