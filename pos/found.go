package pos

// Found is what a search that forgives answers.
type Found[T any] struct {
	List []T
	// Meant is "" for what has the text as it was typed. Else nothing has, and this is
	// what the text was taken for: a guess, which is shown as one and never taken
	// without somebody choosing it.
	Meant string
}

// Guessed reports that the list is what the text may have been meant for.
func (f Found[T]) Guessed() bool { return f.Meant != "" }
