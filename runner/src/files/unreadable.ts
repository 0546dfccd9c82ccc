/** Why a file cannot be read, as the end of "Cannot read orders.csv: …". */
export class Unreadable extends Error {}
