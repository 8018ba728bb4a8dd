/**
 * What goes wrong in a template, as Python would have said it, with the place and the stack of macro calls.
 */
import { DagbookError, type Position } from '../base/index.js';

/** One boundary that an error crossed on its way out: a macro, a call block or the template itself. */
export interface JinjaFrame {
  /** The macro's name as written, or the template's. */
  readonly name: string;
  readonly position: Position;
}

export interface JinjaErrorOptions {
  readonly hint?: string;
  readonly position?: Position;
  readonly cause?: unknown;
}

/**
 * A Python exception. Its message equals Jinja2's or Python's; `pythonClass` is the class that Python would have raised.
 *
 * Host functions throw it too, to mimic Python; it gets its position where it leaves the first template.
 */
export class JinjaError extends DagbookError {
  readonly pythonClass: string;
  readonly #frames: JinjaFrame[] = [];

  constructor(pythonClass: string, message: string, options: JinjaErrorOptions = {}) {
    super(codeOf(pythonClass), message, { ...options, exitCode: 1 });
    this.name = 'JinjaError';
    this.pythonClass = pythonClass;
  }

  /** Innermost first. */
  get frames(): readonly JinjaFrame[] {
    return this.#frames;
  }

  /** Notes a boundary that the error crosses. The first one gives the error its position, if it has none. */
  addFrame(frame: JinjaFrame): void {
    this.#frames.push(frame);
    if (this.position === undefined) Object.assign(this, { position: frame.position });
  }
}

function codeOf(pythonClass: string): string {
  switch (pythonClass) {
    case 'TemplateSyntaxError':
    case 'TemplateAssertionError':
    case 'SyntaxError':
      return 'jinja/syntax';
    case 'UndefinedError':
      return 'jinja/undefined';
    case 'SecurityError':
      return 'jinja/security';
    case 'CompilationError':
      return 'jinja/compilation';
    default:
      return 'jinja/runtime';
  }
}

/** Python's TypeError. */
export function typeError(message: string): JinjaError {
  return new JinjaError('TypeError', message);
}

/** Python's ValueError. */
export function valueError(message: string): JinjaError {
  return new JinjaError('ValueError', message);
}
