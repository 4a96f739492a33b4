/** What stands where a person's name stood. The tables' own rules know it too. */
export const NOBODY = 'Deleted person'
/** The end of addresses that no mail reaches (RFC 2606); what comes before is the row's id, so that none is another's. */
export const NOWHERE = '@deleted.invalid'
