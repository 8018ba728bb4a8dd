/**
 * The modes that a full-screen program asks of a terminal, and the way back from each.
 */
import type { ColorDepth } from '../cells/style-table.js';

/** Alternate screen, no cursor, no autowrap, bracketed paste, focus reports, mouse with SGR cells, kitty keys. */
export function enterModes(options: { readonly hasMouse: boolean }): string {
  const mouse = options.hasMouse ? '\u001b[?1000h\u001b[?1006h' : '';
  return `\u001b[?1049h\u001b[?25l\u001b[?7l\u001b[?2004h\u001b[?1004h${mouse}\u001b[>1u\u001b[2J\u001b[H`;
}

/** Undoes `enterModes`, in reverse, whatever was on; also ends a synchronized update that was cut off. */
export const LEAVE_MODES =
  '\u001b[?2026l\u001b[0m\u001b[<u\u001b[?1006l\u001b[?1000l\u001b[?1004l\u001b[?2004l\u001b[?7h\u001b[?25h\u001b[?1049l';

/** Marks around one frame, so that a terminal which knows them shows it at once. */
export const SYNC_START = '\u001b[?2026h';
export const SYNC_END = '\u001b[?2026l';

/** Puts a text into the clipboard of the terminal, also over ssh (OSC 52). */
export function copySequence(text: string): string {
  const bytes = new TextEncoder().encode(text);
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return `\u001b]52;c;${btoa(binary)}\u0007`;
}

/** How many colours to send, from what the environment says. NO_COLOR wins over everything. */
export function colorDepthOf(env: Readonly<Record<string, string | undefined>>): ColorDepth {
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return 'none';
  const term = env['TERM'] ?? '';
  if (term === 'dumb') return 'none';
  if (/^(?:truecolor|24bit)$/iu.test(env['COLORTERM'] ?? '')) return 'true';
  return /256/u.test(term) || env['TERM_PROGRAM'] !== undefined ? '256' : '16';
}
