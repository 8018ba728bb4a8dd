/**
 * Texts by which data could drive a terminal: what they ask for, in all forms in which it can be asked.
 */

/** After the introducer of an operating system command. */
const COMMANDS: readonly string[] = [
  '0;pwned',
  '1;pwned',
  '2;pwned',
  '4;1;rgb:ff/00/00',
  '7;file:///etc',
  '8;;http://evil.example',
  '9;notify',
  '10;#ff0000',
  '11;?',
  '12;red',
  '52;c;cHduZWQ=',
  '52;p;?',
  '104',
  '777;notify;a;b',
  '1337;SetUserVar=a=Yg==',
  '1337;File=inline=1:AAAA',
];

/** After the introducer of a control sequence. */
const CONTROLS: readonly string[] = [
  '2J 3J H 99;99H 10A 10B 10C 10D K 5L 5M 5P 5@ 5X',
  '?25l ?25h ?1049l ?1049h ?47l ?1000h ?1003h ?1006l ?2004l ?2004h',
  '?1004h ?2026h ?7h ?6h ?3h ?5h 4h 20h 1;5r s u !p 1x',
  'c >c =c 5n 6n ?6n 21t 20t 8;10;20t 18t 14t 3;0;0t i',
  '31m 38;2;1;2;3m 7m 8m 0m ?1u >5u <u 4:3m 6x ?u',
  '?2031h ?12h ?9h ?1016h >q 1$r ?996n',
].flatMap((line) => line.split(' '));

/** After the introducer of a device control string. */
const DEVICE: readonly string[] = ['$q"p', '+q544e', '0;1|17/17', 'q#0;2;0;0;0', '!|00'];

/** Two characters after ESC. */
const SHORT: readonly string[] = [
  'c',
  '7',
  '8',
  'D',
  'E',
  'M',
  '(0',
  ')B',
  '#8',
  '=',
  '>',
  'N',
  '~',
];

const SINGLE: readonly string[] =
  '\u0007 \b \u000b \f \r \u000e \u000f \u0005 \u007f \u0090 \u009b \u009d \u0085 \u202e \u2066 \u200b \ufeff \u2028 \u00ad'.split(
    ' ',
  );

/** Some three hundred texts, each with words around it, none with a newline or a NUL. */
export const ESCAPE_CORPUS: readonly string[] = [
  ...COMMANDS.flatMap((text) =>
    ['\u001b]', '\u009d'].flatMap((start) =>
      ['\u0007', '\u001b\\', '\u009c', ''].map((end) => start + text + end),
    ),
  ),
  ...CONTROLS.flatMap((text) => [`\u001b[${text}`, `\u009b${text}`]),
  ...DEVICE.flatMap((text) => [`\u001bP${text}\u001b\\`, `\u0090${text}\u009c`]),
  ...['_', '^', 'X'].map((kind) => `\u001b${kind}pwned\u001b\\`),
  ...SHORT.map((text) => `\u001b${text}`),
  ...SINGLE,
].map((text) => `a${text}z`);

// What we send: looks, places, and the modes of a full-screen program.
const OURS =
  /\u001b\[(?:[\d;]*m|\d+;\d+H|H|2J|\?(?:2026|1049|25|7|2004|1004|1000|1006)[hl]|>1u|<u)/gu;

/** Everything in a program's output that is neither text nor one of our own sequences. */
export function foreignControls(output: string): readonly string[] {
  const left = output.replaceAll(OURS, '');
  return [...left.matchAll(/[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f][^]{0,12}/gu)].map(
    ([found]) => JSON.stringify(found),
  );
}
