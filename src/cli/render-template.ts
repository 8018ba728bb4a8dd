/**
 * nunjucks with autoescape on, over templates that are part of this program. The only file that knows nunjucks.
 */
import nunjucks from 'nunjucks';
import { asHtml, breakableHtml, type Html } from './docs/html.js';

export type Render = (template: string, context: object) => Html;

export interface RenderOptions {
  /** False keeps the spaces before the lines of a template, which Markdown reads. */
  readonly dropsIndentation: boolean;
}

/** Makes the renderer of some templates by name. What a template does not find is an error. */
export function rendererOf(
  templates: Readonly<Record<string, string>>,
  { dropsIndentation }: RenderOptions,
): Render {
  const environment = new nunjucks.Environment(new TemplateTable(templates, dropsIndentation), {
    autoescape: true,
    throwOnUndefined: true,
    trimBlocks: true,
    lstripBlocks: true,
  });
  environment.addFilter(
    'breakable',
    (text: string) => new nunjucks.runtime.SafeString(breakableHtml(text)),
  );
  return (template, context) => asHtml(environment.render(template, context));
}

/** Templates by name, from memory: no file is looked for. */
class TemplateTable extends nunjucks.Loader {
  readonly #templates: Readonly<Record<string, string>>;
  readonly #dropsIndentation: boolean;

  constructor(templates: Readonly<Record<string, string>>, dropsIndentation: boolean) {
    super();
    this.#templates = templates;
    this.#dropsIndentation = dropsIndentation;
  }

  getSource(name: string): nunjucks.LoaderSource {
    const text = this.#templates[name];
    if (text === undefined) throw new Error(`No template named ${name}.`);
    // Indentation is for whoever reads the template; thousands of pages need not carry it.
    const src = this.#dropsIndentation ? text.replaceAll(/^[ \t]+/gmu, '') : text;
    return { src, path: name, noCache: false };
  }
}
