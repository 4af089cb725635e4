const longest = 100;

/**
 * Gives a file name that is safe in a key and an address: plain letters, digits, dots, hyphens and underscores.
 *
 * Shape: 1 to 100 characters, no dot or hyphen first; the last part after a dot is kept when the name has to be cut.
 */
export function toSafeName(fileName: string): string {
  const plain = fileName
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[.-]+/, '');
  const extension = /\.[A-Za-z0-9]{1,10}$/.exec(plain)?.[0] ?? '';
  return plain ? `${plain.slice(0, plain.length - extension.length).slice(0, longest - extension.length)}${extension}` : 'file';
}

/** Gives the key that a user's file has in the uploads bucket. */
export function toObjectKey(user: string, fileId: string, fileName: string): string {
  return `uploads/${user}/${fileId}/${toSafeName(fileName)}`;
}
