package barcode

// Form is one way to read a code: the keys under which its goods may be kept, and
// what else it says.
type Form struct {
	Keys    []string
	AnyCase bool // Latin letters of what is kept may differ from the keys in case
	Elements
}

// Forms are the ways to read a code that is not kept as it came, the most certain
// first: the same number in another writing or behind a prefix, then letters in
// another case, then both as typed under another layout, then letters of the other
// alphabet that look alike. No key is the text itself.
func Forms(text string) []Form {
	var all []Form
	all = append(all, group(text, []string{text})...)
	all = append(all, group(text, Latins(text))...)
	for _, more := range [][]string{underCaps(text), Cyrillics(text), alikes(text)} {
		if keys := others(text, withCases(more)); len(keys) > 0 {
			all = append(all, Form{Keys: keys, AnyCase: true})
		}
	}
	return all
}

// group reads texts of one certainty.
func group(text string, texts []string) []Form {
	var all []Form
	var keys, cased []string
	for _, t := range texts {
		if e, ok := Parse(t); ok {
			all = append(all, Form{Keys: others(text, writings(e.GTIN)), Elements: e})
		}
		bare, _ := Bare(Shown(t))
		keys = append(append(keys, bare), SameNumber(bare)...)
		if w := withoutAddOn(bare); w != "" {
			keys = append(append(keys, w), SameNumber(w)...)
		}
		cased = append(cased, Cases(bare)...)
	}
	for i, list := range [][]string{keys, cased} {
		if list = others(text, list); len(list) > 0 {
			all = append(all, Form{Keys: list, AnyCase: i == 1})
		}
	}
	return all
}

// underCaps undoes Caps Lock before the layout: it makes capitals of letters whose
// keys type signs under the US layout, so a key can be told only from the small one.
func underCaps(text string) []string {
	var all []string
	for _, c := range Cases(text) {
		all = append(all, Latins(c)...)
	}
	return all
}

// alikes are the texts that look alike in one case or the other: a small b looks
// like no Cyrillic letter, a capital B does.
func alikes(text string) []string {
	all := Alike(text)
	for _, c := range Cases(text) {
		all = append(all, Alike(c)...)
	}
	return all
}

func withCases(texts []string) []string {
	out := texts
	for _, t := range texts {
		out = append(out, Cases(t)...)
	}
	return out
}

// Kept is a scanned code as it is to be kept for goods: their number alone of a code
// that says more, and without the prefix of the scanner.
func Kept(text string) string {
	if e, ok := Parse(text); ok && !e.Content {
		return writings(e.GTIN)[0]
	}
	bare, _ := Bare(Shown(text))
	return bare
}

// Typed are the forms of a code that has no further meaning, such as the number of
// a card or a coupon: lists of keys, the most certain list first. The keys of one
// list are equally likely.
func Typed(text string) [][]string {
	var all [][]string
	for _, f := range Forms(text) {
		if f.GTIN == "" {
			all = append(all, f.Keys)
		}
	}
	return all
}
