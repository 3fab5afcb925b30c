package integration

// The judgement of a declaration itself.

import (
	"fmt"
	"slices"
	"strings"
)

// Flaws tells what is wrong with a declaration itself, which only a mistake in
// its vendor's package can be; nothing when it is sound. Every conformance suite
// asks it, and so does whoever lists vendors.
func (d Declaration) Flaws() []string {
	var found []string
	flaw := func(bad bool, format string, args ...any) {
		if bad {
			found = append(found, fmt.Sprintf(format, args...))
		}
	}
	flaw(!slices.Contains(Kinds(), d.Kind), "the kind %q is none", d.Kind)
	flaw(!ValidInstance(d.ID) && (d.ID != "" || d.Kind != Mail), "the id %q is not lower-case letters and digits", d.ID)
	flaw(d.Name == "", "it has no name")
	flaw(d.Instance != "" && (!d.Many || !ValidInstance(d.Instance)), "the instance %q cannot be", d.Instance)
	flaw(d.Kind == Messages && len(d.Channels) == 0, "its messages go nowhere")
	ways, keys := map[Way]bool{}, map[string]bool{}
	for _, c := range d.Channels {
		flaw(c.By == "" || ways[c.By], "the way %q is declared twice or is none", c.By)
		flaw(!slices.Contains([]CodeMaker{CodeByTill, CodeByProvider, CodeByNobody}, c.CodeBy), "by %q nobody says who makes the code", c.By)
		ways[c.By] = true
	}
	for _, f := range d.Fields {
		flaw(keys[f.Key], "the field %q is declared twice", f.Key)
		keys[f.Key] = true
		for _, text := range f.flaws() {
			flaw(true, "the field %q %s", f.Key, text)
		}
	}
	return found
}

func (f Field) flaws() []string {
	var found []string
	flaw := func(bad bool, text string) {
		if bad {
			found = append(found, text)
		}
	}
	chosen := f.Type == Choice || f.Type == Several
	flaw(!validKey(f.Key), "has a key that is not lower-case letters, digits and underscores")
	flaw(f.LabelID == "", "has no label")
	flaw(!slices.Contains(Types(), f.Type), "is of no type")
	flaw(f.IsSecret() && f.Default != "", "is a secret with a default")
	flaw(f.IsSecret() && f.Shared != "", "is a secret and shared")
	flaw(!f.IsSecret() && SoundsSecret(f.Key), "sounds like a secret and is none")
	flaw(f.Shared != "" && strings.Count(f.Shared, ".") != 1, "is shared under what is no key of the shop")
	flaw(chosen != (len(f.Options) > 0), "has options without a choice, or a choice without options")
	flaw(slices.ContainsFunc(f.Options, func(o string) bool { return o == "" || strings.ContainsAny(o, " \t\r\n") }),
		"has an option with spaces in it")
	flaw(f.Type == Number && (f.Least > f.Most || f.Decimals < 0 || f.Decimals > 6), "has bounds between which nothing lies")
	flaw(f.Default != "" && f.refuses(f.Default) != "", "refuses its own default")
	return found
}

func validKey(key string) bool {
	return key != "" && len(key) <= maxID && isLower(key[0]) && strings.Trim(key, lower+digits+"_") == ""
}
