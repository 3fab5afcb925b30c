package store

// Health is what the store tells of itself.
type Health interface {
	// Schema is the version of the tables and the statements that make them, by
	// name.
	Schema() (version int64, statements []string, err error)
	// RowCounts are the numbers of rows by table.
	RowCounts() (map[string]int64, error)
	// OutboxLength is how many messages wait to be told to somebody else.
	OutboxLength() (int64, error)
}
