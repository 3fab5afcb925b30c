package receipt

import (
	"kassa/pos/money"
	"kassa/pos/paper"
)

// page is the paper a receipt is written on, and the language it is in.
type page struct {
	*paper.Page
	words Words
	money money.Formatter
}

func newPage(width int, w Words) *page {
	return &page{Page: paper.New(min(max(width, MinWidth), MaxWidth)), words: w, money: w.Money()}
}
