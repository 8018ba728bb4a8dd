/**
 * Opens a page in the user's browser, where there is one on this machine.
 */
import { spawn } from 'node:child_process';

/** Does nothing over ssh or without a desktop: the address was printed, too. */
export function openBrowser(url: string): void {
  const [program, ...before] = opener();
  if (program === undefined || !/^https?:\/\//u.test(url)) return;
  spawn(program, [...before, url], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}

function opener(): readonly string[] {
  const { SSH_CONNECTION, DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (SSH_CONNECTION !== undefined) return [];
  switch (process.platform) {
    case 'darwin':
      return ['open'];
    case 'win32':
      return ['rundll32', 'url.dll,FileProtocolHandler'];
    default:
      return DISPLAY === undefined && WAYLAND_DISPLAY === undefined ? [] : ['xdg-open'];
  }
}
