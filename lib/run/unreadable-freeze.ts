/** The code of the finding that a freeze cannot be read. Unlike one that is on, this has to be mended: people are told of it. */
export const unreadableFreeze = 'freeze-unreadable';
