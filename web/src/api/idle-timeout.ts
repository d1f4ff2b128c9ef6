/** The server sends at least a comment every 12 seconds. */
const IDLE_TIMEOUT_MS = 30_000;

/** Passes a body through and calls `onIdle` when no data has arrived for the timeout. */
function withIdleTimeout(body: ReadableStream<Uint8Array>, onIdle: () => void): ReadableStream<Uint8Array> {
  let timer = setTimeout(onIdle, IDLE_TIMEOUT_MS);
  const restart = () => {
    clearTimeout(timer);
    timer = setTimeout(onIdle, IDLE_TIMEOUT_MS);
  };
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        restart();
        controller.enqueue(chunk);
      },
      flush: () => clearTimeout(timer),
    }),
  );
}

/** Fetches a stream and aborts it when no data arrives for 30 seconds, since a dead connection is not always closed. */
export async function fetchWithIdleTimeout(
  input: RequestInfo | URL,
  init: RequestInit = {},
): Promise<Response> {
  const idle = new AbortController();
  const signal = init.signal ? AbortSignal.any([init.signal, idle.signal]) : idle.signal;
  const response = await fetch(input, { ...init, signal });
  if (!response.body) return response;
  const { status, statusText, headers } = response;
  return new Response(
    withIdleTimeout(response.body, () => idle.abort()),
    { status, statusText, headers },
  );
}
