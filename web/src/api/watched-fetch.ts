/** The server says something every 12 seconds, if only that it is there. */
const SILENT_MS = 30_000;

/** Passes a body on, and tells when nothing has come of it for too long. */
function watchBody(body: ReadableStream<Uint8Array>, onSilence: () => void): ReadableStream<Uint8Array> {
  let timer = setTimeout(onSilence, SILENT_MS);
  const hear = () => {
    clearTimeout(timer);
    timer = setTimeout(onSilence, SILENT_MS);
  };
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        hear();
        controller.enqueue(chunk);
      },
      flush: () => clearTimeout(timer),
    }),
  );
}

/** Fetches a stream; one that falls silent is cut off, as a connection that is dead without having been closed. */
export async function fetchWatched(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const silence = new AbortController();
  const signal = init.signal ? AbortSignal.any([init.signal, silence.signal]) : silence.signal;
  const response = await fetch(input, { ...init, signal });
  if (!response.body) return response;
  const { status, statusText, headers } = response;
  return new Response(
    watchBody(response.body, () => silence.abort()),
    { status, statusText, headers },
  );
}
