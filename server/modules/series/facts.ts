declare module '#kernel/facts' {
  interface Facts {
    /** Its occurrences are events, and have facts of their own. */
    'series.created': { seriesId: string }
    'series.edited': { seriesId: string; changed: string[] }
    /** Those that follow go on as a series of their own. */
    'series.split': { seriesId: string; into: string }
    'series.published': { seriesId: string }
    'series.cancelled': { seriesId: string }
    'series.removed': { seriesId: string }
    'series.extended': { seriesId: string; occurrences: number }
  }
}
export {}
