package ui

import "kassa/pos"

// Documents saves PDF files, each whole or not at all. It is asked in the
// background only; its errors are *pos.Error with a sentence that names the file
// or says what the document lacks.
type Documents interface {
	// Slip saves lines of text as a page just as wide and long as they are.
	Slip(path, title string, lines []string) error
	// Labels saves price labels on a paper of pos.LabelPapers.
	Labels(path, title string, paper pos.LabelPaper, labels []pos.PriceLabel) error
}
