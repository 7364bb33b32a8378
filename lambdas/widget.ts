import { createWidgetHandler } from './widget-handler.ts';

/** Shows a role what goes on in a game day, and does what it wants. */
export const handler = createWidgetHandler();
