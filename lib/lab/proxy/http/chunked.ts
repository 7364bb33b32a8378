/** Where a chunked body is being read (RFC 9112, section 7.1). */
type State = 'size' | 'data' | 'trailer';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
/** More digits than any size has: what has no size by then is no chunked body. */
const mostSizeDigits = 16;

/** Follows a chunked body, so that its end is known. */
export function chunkedBody() {
  let state: State = 'size';
  let line = '';
  let left = 0;

  /** True once the body has ended with this line. */
  const endLine = (): boolean => {
    const ended = line;
    line = '';
    if (state === 'trailer') return ended === '';
    const size = Number.parseInt(ended, 16);
    if (Number.isNaN(size)) return false;
    state = size === 0 ? 'trailer' : 'data';
    // The chunk's own line end belongs to it.
    left = size + 2;
    return false;
  };

  return {
    /** How many bytes from `from` on belong to the body, and whether it ends with them. */
    take: (bytes: Buffer, from: number): { readonly to: number; readonly ended: boolean } => {
      let at = from;
      while (at < bytes.length) {
        if (state === 'data') {
          const step = Math.min(left, bytes.length - at);
          left -= step;
          at += step;
          if (left === 0) state = 'size';
          continue;
        }
        const byte = bytes[at] ?? 0;
        at += 1;
        if (byte === lineFeed) {
          if (endLine()) return { to: at, ended: true };
        } else if (byte !== carriageReturn && line.length < mostSizeDigits) line += String.fromCharCode(byte);
      }
      return { to: at, ended: false };
    },
  };
}
