/**
 * The folder within that of a snapshot in which its tables are kept, for `seatlens/query`. It begins with a dot, so that it
 * is no part of the snapshot, and goes away with it.
 */
export const TABLES_FOLDER = '.seatlens-tables'
