/**
 * `deps`: installs the packages that the project asks for.
 */
import { display, displayLines, formatDiagnostic } from '../../base/index.js';
import { createClock, withDotEnv } from '../../platform/index.js';
import { installDeps } from '../../project/index.js';
import type { Io } from '../io.js';
import { type ProjectFlags, yamlObject } from '../options.js';
import { interruption, projectFolder } from '../with-session.js';

export type DepsFlags = ProjectFlags & {
  readonly upgrade?: boolean;
  readonly lock?: boolean;
  readonly versionCheck?: boolean;
};

export async function depsCommand(io: Io, flags: DepsFlags): Promise<number> {
  const projectDir = projectFolder(flags, io);
  const env = withDotEnv(io.env, projectDir);
  const clock = createClock(env);
  const interrupt = interruption(io);
  try {
    const { packages, hasLocked, warnings } = await installDeps({
      projectDir,
      cliVars: flags.vars === undefined ? {} : yamlObject(flags.vars, '--vars'),
      env,
      now: () => clock.now().getTime(),
      isUpgrade: flags.upgrade === true,
      isLockOnly: flags.lock === true,
      checksDbtVersion: flags.versionCheck !== false,
      signal: interrupt.signal,
    });
    for (const one of packages) {
      const verb = flags.lock === true ? 'locked' : 'installed';
      io.print(display(`${verb} ${one.projectName} (${one.shownVersion})`));
    }
    if (packages.length === 0) io.note('The project asks for no packages.');
    if (flags.quiet !== true) {
      for (const warning of warnings)
        io.note(io.errorStyle.yellow(displayLines(formatDiagnostic(warning))));
      if (hasLocked) io.note(io.errorStyle.dim('package-lock.yml was written.'));
    }
    return 0;
  } finally {
    interrupt.stop();
  }
}
