import type { Command } from '@commander-js/extra-typings';
import type { Io } from '../io.ts';

/**
 * Adds a group of commands to the program; `end` takes the exit code of the one that is called. Each loads what it needs when it is
 * called, so that the others (and help) start without it.
 */
export type Register = (program: Command, io: Io, end: (code: number) => void) => void;
