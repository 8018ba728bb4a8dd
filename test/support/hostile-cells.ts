/**
 * Texts that a careless reader would run, fall over, or hand to the terminal.
 */

const CANARY = "globalThis.PWNED = process.env.PWNED = '1'";

/** Expressions that note, if they are run, that they were. */
const CALLS: readonly string[] = [
  CANARY,
  `(${CANARY}, {a: 1})`,
  `[${CANARY}]`,
  `{a: (${CANARY})}`,
  `(() => { ${CANARY} })()`,
  `new (class { constructor() { ${CANARY} } })()`,
  `''.constructor.constructor("${CANARY}")()`,
  `({get a() { ${CANARY} }}).a`,
  `${CANARY} && undefined`,
  `void (${CANARY})`,
  `{toJSON() { ${CANARY} }}`,
  `\${(${CANARY})}`,
  `{{ (${CANARY}) }}`,
  `import('node:fs').then(() => ${CANARY})`,
  `require('child_process').execSync('id'), ${CANARY}`,
];

const WRAPS: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => ` ${text} `,
  (text) => `${text};`,
  (text) => `(${text})`,
  (text) => `[${text}]`,
  (text) => `{"a": ${text}}`,
  (text) => `\u2028${text}`,
  (text) => `/**/${text}//`,
  (text) => `1, ${text}`,
  (text) => `<a>${text}</a>`,
  (text) => `undefined || ${text}`,
  (text) => `{"__proto__": ${text}}`,
];

const ODD: readonly string[] = [
  '',
  ' ',
  'null',
  'undefined',
  'NaN',
  '-',
  '{',
  '[',
  '[[[[',
  '<a>',
  '<!DOCTYPE x [<!ENTITY e "e">]><a>&e;</a>',
  '{"a":',
  '1e999',
  '9'.repeat(400),
  `-${'9'.repeat(400)}.5`,
  '999999999999999999.5 9999',
  '\u0000',
  '\uD800',
  '\u001b]0;title\u0007',
  '\u001b]52;c;aGk=\u0007',
  '\u001b[2J\u001b[H\u001b[?25l',
  '\u009b31m',
  '\u202eevil',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
];

/** What stands around an expression without changing that it is run. */
const TAILS: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => `${text}\n`,
  (text) => `${text} /* x */`,
  (text) => `\uFEFF${text}`,
  (text) => `${text}\u2029`,
  (text) => `[${text}, 1]`,
];

/** 15 calls in 72 forms, and odd texts. */
export const HOSTILE_CELLS: readonly string[] = [
  ...CALLS.flatMap((call) => WRAPS.flatMap((wrap) => TAILS.map((tail) => tail(wrap(call))))),
  ...ODD,
];
