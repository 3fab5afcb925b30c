package widgets

// ActivateOnTap makes one tap activate a row, for lists from which somebody
// picks one thing.
func (t *Table) ActivateOnTap() {
	t.onTap = func(int) { t.Activate() }
}
