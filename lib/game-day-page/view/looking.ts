/** How somebody looks at the page, beside what is true of the game day. */
export interface Looking {
  /** Who they said they are; absent on a projector. */
  readonly name?: string;
  /** For a room: nothing to press, and only what can be read from afar. */
  readonly isProjector: boolean;
  /** How long ago the view was true, by one clock alone: neither knows the other's time. */
  readonly elapsedMs: number;
  /** The script runs, and the server is there: buttons do something. */
  readonly isLive: boolean;
  /** Why the server did not do what a button was pressed for, by the offer's id. */
  readonly told: Readonly<Record<string, string>>;
  /** The offer that is being carried out. */
  readonly busy?: string;
  /** The link that was made last, for somebody to join by. */
  readonly link?: { readonly seat: string; readonly url: string; readonly until: string };
}

/** How the server sees it, before any script runs. */
export const firstLook = (who: { readonly name?: string; readonly isProjector: boolean }): Looking => ({
  ...who,
  elapsedMs: 0,
  isLive: false,
  told: {},
});
