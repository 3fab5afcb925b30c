package pos

// LabelSettings are how the labels of the shop's scales read.
type LabelSettings struct {
	// Rules are the prefixes, as pos/scale.ParseRules reads them:
	// "20=weight/5, 23=price/5/check"; "" for a shop without scales.
	Rules string
}
