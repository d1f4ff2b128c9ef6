/**
 * Runs the API, restarted when its sources change, and the page with hot reload in front of it. If one ends, so does
 * the other.
 */
import { spawn } from 'node:child_process';

const COMMANDS = [
  ['tsx', 'watch', 'src/main.ts'],
  ['vite', '--clearScreen', 'false'],
] as const;

const children = COMMANDS.map(([command, ...args]) => spawn(command, args, { stdio: 'inherit' }));
for (const child of children) {
  child.once('exit', (code) => {
    for (const other of children) other.kill();
    process.exitCode ??= code ?? 0;
  });
}
