/** What the directory of a ZIP says. */
export interface Zip {
  readonly names: readonly string[];
  /** Size of all files together when they are unpacked. */
  readonly unzippedBytes: number;
}

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const endBytes = 22;
const entryBytes = 46;
const longestComment = 65_535;

/**
 * Gives the files of a ZIP by its directory, without unpacking any; undefined for what is no ZIP, or one beyond 4 GiB.
 *
 * @source APPNOTE.TXT of PKWARE, sections 4.3.12 and 4.3.16
 */
export function parseZip(bytes: Uint8Array): Zip | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end === undefined) return undefined;
  const names: string[] = [];
  let unzippedBytes = 0;
  let at = view.getUint32(end + 16, true);
  for (let i = 0; i < view.getUint16(end + 10, true); i++) {
    if (at + entryBytes > view.byteLength || view.getUint32(at, true) !== entrySignature) return undefined;
    const nameBytes = view.getUint16(at + 28, true);
    names.push(new TextDecoder().decode(bytes.subarray(at + entryBytes, at + entryBytes + nameBytes)));
    unzippedBytes += view.getUint32(at + 24, true);
    at += entryBytes + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return { names, unzippedBytes };
}

function findEnd(view: DataView): number | undefined {
  const last = view.byteLength - endBytes;
  for (let at = last; at >= Math.max(0, last - longestComment); at--) if (view.getUint32(at, true) === endSignature) return at;
  return undefined;
}
