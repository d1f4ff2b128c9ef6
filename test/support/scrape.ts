/** One value of one metric. */
export interface Scraped {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface Scrape {
  readonly text: string;
  /** Names as declared, of metrics without a value too. */
  readonly names: readonly string[];
  /** The values of a metric that have these labels, added up. */
  readonly sum: (name: string, labels?: Readonly<Record<string, string>>) => number;
  readonly values: (name: string) => readonly Scraped[];
}

function parseLine(line: string): Scraped[] {
  const [, name, labels = '', value] = /^([a-z_]+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
  if (name === undefined) return [];
  const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key = '', text = '']) => [
    key,
    text,
  ]);
  return [{ name, labels: Object.fromEntries(pairs) as Record<string, string>, value: Number(value) }];
}

/** Reads `/metrics` under a server's address. */
export async function scrape(serverUrl: string): Promise<Scrape> {
  const response = await fetch(`${serverUrl}/metrics`);
  if (response.status !== 200) throw new Error(`Got ${response.status} from /metrics.`);
  const text = await response.text();
  const all = text.split('\n').flatMap(parseLine);
  const values = (name: string) => all.filter((one) => one.name === name);
  return {
    text,
    names: [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name = '']) => name),
    values,
    sum: (name, labels = {}) =>
      values(name)
        .filter((one) => Object.entries(labels).every(([key, value]) => one.labels[key] === value))
        .reduce((total, { value }) => total + value, 0),
  };
}
