/** FIS promises no pace for its states; its own console looks every few seconds. */
export const pollMs = 5_000;
