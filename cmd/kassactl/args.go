package main

import (
	"maps"
	"slices"
	"strings"

	"kassa/pos"
)

// flags says which flags there are and whether they take a value. One name
// means one thing in every command, so that flags may stand anywhere.
var flags = map[string]bool{
	"home": true, "ask": false, "json": false, "lang": true, "help": false,
	"demo": false, "month": false, "owner": true, "anew": false, "dry-run": false, "format": true, "out": true,
	"to": true, "text": true, "shift": true, "pdf": true, "since": true, "until": true, "limit": true,
	"from": true, "period": true, "compare": true, "csv": false,
	"charset": true, "delimiter": true, "sheet": true, "columns": true, "no-header": false, "existing": true, "preset": true, "header-row": true, "decimal": true, "dates": true,
	"skip-new": false, "archive-missing": false, "skip-bad": false, "progress": false,
	"epoch": true, "encrypt": false, "recipient": true, "yes": false, "foreign": false, "faulty": false, "without": false, "vat": true,
}

// everywhere are the flags every command takes.
var everywhere = []string{"home", "json", "lang", "help"}

// arguments are a command line taken apart.
type arguments struct {
	words []string
	set   map[string]string // by flag; "" for one without a value
}

// parseArguments separates words and flags in any order. Flags are written
// --name value, --name=value or -name; "-h" is --help, and after "--" there
// are only words. The error is CodeInvalid; what was understood before it is
// returned too, so that the answer has the wanted language and form.
func parseArguments(args []string) (arguments, error) {
	a := arguments{set: map[string]string{}}
	var wrong error
	for i := 0; i < len(args); i++ {
		arg := args[i]
		if arg == "--" {
			a.words = append(a.words, args[i+1:]...)
			break
		}
		if len(arg) < 2 || arg[0] != '-' || isNumber(arg) {
			a.words = append(a.words, arg)
			continue
		}
		name, value, given := strings.Cut(strings.TrimLeft(arg, "-"), "=")
		if name == "h" {
			name = "help"
		}
		takes, known := flags[name]
		switch {
		case !known:
			wrong = first(wrong, usageNear("cli.unknown-flag", name, slices.Collect(maps.Keys(flags))))
			continue
		case takes && !given && i+1 < len(args) && !isFlag(args[i+1]):
			i++
			value = args[i]
		case !takes && given:
			wrong = first(wrong, usage("cli.flag-takes-none", name))
		}
		if takes && value == "" { // an empty variable of a script must not mean the default
			wrong = first(wrong, usage("cli.flag-needs-value", name))
			continue
		}
		if before, twice := a.set[name]; twice && before != value {
			wrong = first(wrong, usage("cli.flag-twice", name))
			continue
		}
		a.set[name] = value
	}
	return a, wrong
}

// isNumber keeps "-5" a word: it is a value, not a flag.
func isNumber(arg string) bool { return arg[1] >= '0' && arg[1] <= '9' }

// isFlag tells of "--json" that it is no value of the flag before it.
func isFlag(arg string) bool {
	name, _, _ := strings.Cut(strings.TrimPrefix(arg, "--"), "=")
	_, known := flags[name]
	return known && strings.HasPrefix(arg, "--")
}

func first(err, next error) error {
	if err != nil {
		return err
	}
	return next
}

func (a arguments) has(flag string) bool {
	_, ok := a.set[flag]
	return ok
}

func (a arguments) get(flag string) string { return a.set[flag] }

// check refuses flags the command does not take.
func (a arguments) check(allowed []string) error {
	for name := range a.set {
		if !slices.Contains(everywhere, name) && !slices.Contains(allowed, name) {
			return usage("cli.flag-not-here", name)
		}
	}
	return nil
}

// usageError is a command line that cannot be carried out; it ends the program
// with 2.
type usageError struct{ refusal *pos.Error }

func (e usageError) Error() string { return e.refusal.Error() }

func (e usageError) Unwrap() error { return e.refusal }

func usage(id, what string) error {
	return usageError{refusal: pos.E(pos.CodeInvalid, id, pos.Args{"What": printable(what)})}
}

// printable keeps what was typed fit for a message.
func printable(s string) string {
	const most = 60
	if pos.HasControl(s) {
		return "?"
	}
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
