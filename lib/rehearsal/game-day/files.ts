import { join } from 'node:path';

/** Where the files of a rehearsed edition are in its folder, by what they hold. */
export const gameDayFiles = { log: 'log.ndjson', input: 'input.json', control: 'control.json' } as const;

/** The folder of each edition that was rehearsed in a project. */
export const gameDayFolders = (root: string): string => join(root, '.steadfast', 'game-days');
