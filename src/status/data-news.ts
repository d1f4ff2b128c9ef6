/** What a webhook told of new data of a member. */
export interface DataNews {
  /** Identifies the job, so that a webhook that is sent again is no other news. */
  readonly id: string;
  /** When the job was completed, in milliseconds since 1970. MX sends whole seconds. */
  readonly completedAt: number;
  /** Number of transactions; null if the webhook did not tell it. */
  readonly created: number | null;
  readonly updated: number | null;
}

/** The last news of a member. */
export interface StoredNews extends DataNews {
  /** The time of the data that the news is about; absent until that data has been observed. */
  readonly dataAt?: number;
}

/** How many transactions an update of the data has brought. */
export type DataCounts = Pick<DataNews, 'created' | 'updated'>;

/** How far the time of the data may be from the end of the job that brought it, in milliseconds. */
const MAX_DISTANCE_MS = 5 * 60_000;
/** MX tells the end of a job in whole seconds. */
const SECOND_MS = 1_000;

/** True if data of this time can be what the news is about, as far as a second can tell. */
export const isReached = ({ completedAt }: DataNews, dataAt: number | undefined): boolean =>
  dataAt !== undefined && dataAt >= completedAt - SECOND_MS;

/**
 * The news to remember of a member: the latest. If the data that it is about was observed before the webhook came, it
 * must not be told of later data.
 */
export function latestNews(
  { news: known, dataAt }: { readonly news?: StoredNews; readonly dataAt?: number },
  news: DataNews,
): StoredNews {
  if (known && (known.id === news.id || known.completedAt > news.completedAt)) return known;
  const isTold = dataAt !== undefined && known?.dataAt === dataAt;
  return dataAt !== undefined && !isTold && isReached(news, dataAt) ? { ...news, dataAt } : news;
}

/** The news of data that was updated at an instant; undefined if no webhook has told of it, or if it was told before. */
export function newsOfData(news: StoredNews | undefined, dataAt: number): StoredNews | undefined {
  if (!news || news.dataAt !== undefined) return undefined;
  return Math.abs(dataAt - news.completedAt) <= MAX_DISTANCE_MS ? { ...news, dataAt } : undefined;
}
