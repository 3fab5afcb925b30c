package local

// quickChecks look at the tables whose size does not grow with history: those
// the till goes on with after a start. Cancelled cheques and closed shifts stay
// for ever, so the open ones are left to the start's own reading of them.
var quickChecks = []string{
	`PRAGMA quick_check(meta)`, `PRAGMA quick_check(groups)`, `PRAGMA quick_check(employees)`,
}

// EngineProblems asks the engine about itself. The quick form leaves out what
// reads the whole history. What the calling transaction has not committed is
// not looked at.
func (x *tx) EngineProblems(quick bool) ([]string, error) {
	if quick {
		return x.store.db.Check(x.Context(), quickChecks)
	}
	said, err := x.store.db.Check(x.Context(), nil)
	if err != nil {
		return said, err
	}
	lost, err := x.lostMoves()
	return append(said, lost...), err
}
