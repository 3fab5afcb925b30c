package door

// Line wraps a text as one line, for tests that have no stream.
func Line(text string) line { return line{text: []byte(text), tooLong: len(text) > MaxLine} }
