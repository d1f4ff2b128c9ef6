import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';

/** Decompresses a whole body. Rejects if it is damaged, incomplete or larger than `maxOutputLength`. */
type Decoder = (bytes: Buffer, limit: { readonly maxOutputLength: number }) => Promise<Buffer>;

const decodeGzip: Decoder = promisify(gunzip);
const decodeBrotli: Decoder = promisify(brotliDecompress);
const decodeZlib: Decoder = promisify(inflate);
const decodeRawDeflate: Decoder = promisify(inflateRaw);

/** More content codings than this are taken for an attack: each may multiply the size of the body. */
const MAX_CODINGS = 3;

const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** True if the bytes start with a zlib header (RFC 1950), which some senders of `deflate` leave out. */
const isZlib = (bytes: Buffer): boolean =>
  bytes.length >= 2 && ((bytes[0] ?? 0) & 0x0f) === 8 && bytes.readUInt16BE(0) % 31 === 0;

const decodeDeflate: Decoder = (bytes, limit) =>
  isZlib(bytes) ? decodeZlib(bytes, limit) : decodeRawDeflate(bytes, limit);

/** A proxy may unpack a body and forget to remove the header. */
const decodeGzipIfPacked: Decoder = (bytes, limit) =>
  isGzip(bytes) ? decodeGzip(bytes, limit) : Promise.resolve(bytes);

const DECODERS: ReadonlyMap<string, Decoder> = new Map([
  ['gzip', decodeGzipIfPacked],
  ['x-gzip', decodeGzipIfPacked],
  ['deflate', decodeDeflate],
  ['br', decodeBrotli],
]);

/** Parses a `Content-Encoding` header to the codings in the order in which they were applied. */
function parseCodings(header: string | undefined): string[] {
  const names = (header ?? '').split(',').map((name) => name.trim().toLowerCase());
  return names.filter((name) => name !== '' && name !== 'identity');
}

/**
 * Undoes the content codings of a body: gzip, deflate (with and without a zlib header) and brotli, also several of them.
 * A gzip body without the header is recognized. An empty body stays empty.
 *
 * @param maxBytes maximum size of the result and of each step before it, in bytes
 * Rejects if a coding is unknown, or if the body is damaged, incomplete or too large.
 */
export async function decompress(
  bytes: Buffer,
  contentEncoding: string | undefined,
  maxBytes: number,
): Promise<Buffer> {
  const codings = parseCodings(contentEncoding);
  if (bytes.length === 0) return bytes;
  if (codings.length === 0) codings.push(...(isGzip(bytes) ? ['gzip'] : []));
  if (codings.length > MAX_CODINGS) throw new Error('The body has too many content codings.');
  let decoded = bytes;
  for (const coding of codings.reverse()) {
    const decode = DECODERS.get(coding);
    if (!decode) throw new Error('The content coding of the body is unknown.');
    decoded = await decode(decoded, { maxOutputLength: maxBytes });
  }
  return decoded;
}
