/** A logged request. Its status is null until the response was sent. */
export interface LoggedRequest {
  method: string;
  path: string;
  endpoint: string;
  status: number | null;
}

export interface RequestLogView {
  total: number;
  endpoints: Record<string, number>;
  requests: LoggedRequest[];
}

export interface RequestLog {
  add(request: Omit<LoggedRequest, 'status'>): LoggedRequest;
  view(): RequestLogView;
  clear(): void;
}

const MAX_ENTRIES = 1000;

/** Counts requests by endpoint and stores the last 1,000. */
export function createRequestLog(): RequestLog {
  let total = 0;
  const endpoints = new Map<string, number>();
  const ring: LoggedRequest[] = [];
  return {
    add(request) {
      const entry = { ...request, status: null };
      ring[total % MAX_ENTRIES] = entry;
      total += 1;
      endpoints.set(request.endpoint, (endpoints.get(request.endpoint) ?? 0) + 1);
      return entry;
    },
    view() {
      const oldest = total > MAX_ENTRIES ? total % MAX_ENTRIES : 0;
      return {
        total,
        endpoints: Object.fromEntries(endpoints),
        requests: [...ring.slice(oldest), ...ring.slice(0, oldest)],
      };
    },
    clear() {
      total = 0;
      endpoints.clear();
      ring.length = 0;
    },
  };
}
