/**
 * The registry as a page of documentation.
 */
import { type Command, type Context, keyLabel } from './command.js';
import { DIALOG_LIST, dialogsThat } from './dialog-list.js';
import { SCREEN_LIST } from './screen-list.js';

/** Sections in the order of the page; a command is told in the first one that has it. */
const SECTIONS: readonly (readonly [context: Context, title: string])[] = [
  ['everywhere', 'Everywhere'],
  ['always', 'Always, also while typing'],
  ...SCREEN_LIST.flatMap(({ name, title }): (readonly [Context, string])[] =>
    name === 'graph'
      ? [
          [name, title],
          ['map', 'Map'],
        ]
      : [[name, title]],
  ),
  ...dialogsThat(() => true).map((kind): readonly [Context, string] => [
    kind,
    DIALOG_LIST[kind].heading,
  ]),
  ['shell', 'Only in dagbook repl'],
];

const HEAD = `# Keys of the workbench

Printed from the command registry; \`?\` shows the same for what has focus, ctrl-p finds any command by its words.
Letters act only while no text is typed. What stands in the last column is typed after \`:\`, here or in \`dagbook repl\`;
\`:\` takes the id of any command, too.
`;

/** Prints every command with its keys, by context, as Markdown. */
export function printKeys(commands: readonly Command[]): string {
  const told = new Set<Command>();
  const sections = SECTIONS.flatMap(([context, title]) => {
    const here = commands.filter((command) => command.when.includes(context) && !told.has(command));
    for (const command of here) told.add(command);
    if (here.length === 0) return [];
    const rows = here.map((command) => {
      const also = alsoIn(command, context);
      const verb =
        command.verb === undefined ? '' : `\`${command.verb.usage.replaceAll('|', '\\|')}\``;
      return `| ${command.keys.map(keyCode).join(' ')} | ${command.title}${also} | ${verb} |`;
    });
    return [
      `## ${title}\n\n| keys | what | in a line |\n| --- | --- | --- |\n${rows.join('\n')}\n`,
    ];
  });
  return [HEAD, ...sections].join('\n');
}

function alsoIn(command: Command, context: Context): string {
  const titles = SECTIONS.filter(
    ([other]) => other !== context && command.when.includes(other),
  ).map(([, title]) => title.toLowerCase());
  return titles.length === 0 ? '' : ` (also: ${titles.join(', ')})`;
}

/** A bar would end the table's cell. */
function keyCode(key: string): string {
  return `\`${keyLabel(key).replaceAll('|', '\\|')}\``;
}
