import { randomBytes, randomUUID } from 'node:crypto';
import { open, unlink } from 'node:fs/promises';
import { join } from 'node:path';

const blockBytes = 1_048_576;
/** After so much has been written, the disk is made to have it. */
const syncEveryBytes = 8 * blockBytes;

export interface DiskWork {
  writtenBytes(): number;
}

/**
 * Writes a file over and over, has the disk take it, and reads it back, until this process ends. The file has no name any more
 * from the moment it is open, so that it is gone with this process, however that ends.
 */
export async function writeDisk(
  folder: string,
  fileBytes: number,
  onGivenUp: (why: string) => void,
): Promise<DiskWork> {
  const path = join(folder, `.pressure-${randomUUID()}`);
  const file = await open(path, 'wx+', 0o600);
  await unlink(path);
  const block = randomBytes(blockBytes);
  let written = 0;
  const work = async () => {
    for (;;) {
      for (let at = 0; at < fileBytes; at += blockBytes) {
        await file.write(block, 0, blockBytes, at);
        written += blockBytes;
        if (written % syncEveryBytes === 0) await file.datasync();
      }
      for (let at = 0; at < fileBytes; at += blockBytes)
        await file.read(Buffer.alloc(blockBytes), 0, blockBytes, at);
    }
  };
  work().catch(async (thrown: unknown) => {
    await file.close();
    onGivenUp(`it stopped writing: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  });
  return { writtenBytes: () => written };
}
