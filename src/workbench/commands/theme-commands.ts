/**
 * The theme, chosen from the palette or gone through by a key, and kept.
 */
import type { Command } from '../command.js';
import { toast } from '../core.js';
import { THEME_NAMES, THEME_PURPOSES, type ThemeName } from '../themes.js';
import type { Workbench } from '../workbench.js';

function choose(workbench: Workbench, theme: ThemeName): void {
  workbench.settings.rememberTheme(theme);
  workbench.store.update((state) => ({ ...state, theme }));
  toast(workbench, `Theme ${theme}: ${THEME_PURPOSES[theme]}.`);
}

export const themeCommands: readonly Command[] = [
  {
    id: 'theme.next',
    title: 'Take the next theme: dark, light, colour-blind',
    label: 'theme',
    keys: ['T'],
    when: ['everywhere'],
    run(workbench) {
      const at = THEME_NAMES.indexOf(workbench.store.get().theme);
      choose(workbench, THEME_NAMES[(at + 1) % THEME_NAMES.length] ?? 'dark');
    },
  },
  ...THEME_NAMES.map((name): Command => ({
    id: `theme.${name}`,
    title: `Theme ${name}, ${THEME_PURPOSES[name]}`,
    label: name,
    keys: [],
    when: ['everywhere'],
    run: (workbench) => choose(workbench, name),
  })),
];
