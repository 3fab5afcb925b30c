package widgets

import "kassa/ui/theme"

// SetCount is SetRows for a list that grew or shrank at its end: it draws only
// the rows that come into sight. Rows that changed are drawn by RefreshRow, so
// that a long list costs what its change costs. Which rows are Tall must not
// have changed for those that stay.
func (t *Table) SetCount(n int) {
	had := t.rows
	if had == 0 || n == 0 {
		t.SetRows(n)
		return
	}
	t.rows = n
	t.measure()
	t.selected = min(t.selected, n-1)
	// Not t.scroll.Refresh, which would draw every row in sight anew.
	t.body.Resize(t.body.MinSize().Max(t.scroll.Size()))
	t.body.update(false)
}

// Wants is how high the table is with all its rows in sight, and at least some
// plain ones.
func (t *Table) Wants(least int) float32 {
	return t.headSize() + max(t.top(t.rows), theme.Px(float32(least)*rowHeight))
}
