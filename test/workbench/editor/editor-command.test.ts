import { expect, test } from 'vitest';
import { editorCommand } from '../../../src/workbench/editor/editor-command.js';

const FILE = '/shop/models/a b.sql';

test.each([
  { editor: undefined, expected: ['vi', '+7', FILE] },
  { editor: '  ', expected: ['vi', '+7', FILE] },
  { editor: 'nvim', expected: ['nvim', '+7', FILE] },
  { editor: 'vim -u NONE', expected: ['vim', '-u', 'NONE', '+7', FILE] },
  { editor: '/usr/bin/nano', expected: ['/usr/bin/nano', '+7', FILE] },
  { editor: 'emacs -nw', expected: ['emacs', '-nw', '+7', FILE] },
  { editor: 'emacsclient -t', expected: ['emacsclient', '-t', '+7', FILE] },
  { editor: 'code', expected: ['code', '--wait', '-g', `${FILE}:7`] },
  { editor: 'code --wait', expected: ['code', '--wait', '-g', `${FILE}:7`] },
  { editor: 'code -w -g', expected: ['code', '-w', '-g', `${FILE}:7`] },
  { editor: 'hx', expected: ['hx', `${FILE}:7`] },
  { editor: 'subl', expected: ['subl', '--wait', `${FILE}:7`] },
  { editor: 'zed --wait', expected: ['zed', '--wait', `${FILE}:7`] },
  { editor: 'pycharm', expected: ['pycharm', '--wait', '--line', '7', FILE] },
  {
    editor: '"C:\\Program Files\\Vim\\vim.exe" -n',
    expected: ['C:\\Program Files\\Vim\\vim.exe', '-n', '+7', FILE],
  },
  { editor: 'my-editor --flag', expected: ['my-editor', '--flag', FILE] },
])('$editor', ({ editor, expected }) => {
  const { program, args } = editorCommand({ EDITOR: editor }, FILE, 7);
  expect([program, ...args]).toEqual(expected);
});

test('$VISUAL comes before $EDITOR', () => {
  expect(editorCommand({ VISUAL: 'hx', EDITOR: 'ed' }, FILE, 1).program).toBe('hx');
});
