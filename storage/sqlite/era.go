package sqlite

// An era is a run of transactions of Update in which nobody else wrote: what one
// of them read and none of them changed still holds in the next. It ends with a
// transaction that came to nothing, a COMMIT that failed, and whatever another
// process wrote.

const sqlVersion = `PRAGMA data_version`

// era is guarded by the right to write.
type era struct {
	n       int64
	held    bool  // the last transaction ended well
	writer  *conn // it was on
	version int64 // of the data, as that connection sees other connections' changes
}

// begin tells a transaction its era.
func (e *era) begin(t *Tx) error {
	var version int64
	if _, err := t.Row(sqlVersion, nil, &version); err != nil {
		return err
	}
	if !e.held || e.writer != t.c || e.version != version {
		e.n++
	}
	*e = era{n: e.n, writer: t.c, version: version}
	t.era = e.n
	return nil
}

// hold says that the transaction ended well.
func (e *era) hold() { e.held = true }

// Era is the same in two transactions of Update only where everything that was
// written between them was written by transactions of Update that ended well.
// It is 0 for View.
func (t *Tx) Era() int64 { return t.era }
