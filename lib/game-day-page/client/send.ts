/** What came of asking the server to do something. */
export type Answer = { readonly refused: string } | { readonly done: Readonly<Record<string, string>> };

const reader = (value: unknown): Readonly<Record<string, string>> =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
      )
    : {};

/** Asks the server to do something; it is told what came of it, whatever happens on the way. */
export async function send(path: string, body: unknown, csrf: string): Promise<Answer> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf },
      body: JSON.stringify(body),
    });
    const said = reader(await response.json().catch(() => ({})));
    if (said['refused'] !== undefined) return { refused: said['refused'] };
    return response.ok ? { done: said } : { refused: `The server answered ${response.status}. Try again.` };
  } catch {
    return { refused: 'The server could not be reached, so nothing was done. Try again once it is back.' };
  }
}
