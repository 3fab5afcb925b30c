package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"kassa/cmd/kassactl/door"
	"kassa/cmd/kassactl/near"
	"kassa/pos"
)

// This file tells what the command line takes. The lists are made of the tables
// that run the commands, so that they leave nothing out.

// help writes what the commands of a topic do, its first word, or with "" what all
// there are.
func (p *program) help(topic string) error {
	id, names := "cli.help", slices.Sorted(maps.Keys(commands))
	if topic != "" {
		id += "." + topic
		names = slices.DeleteFunc(names, func(name string) bool { return strings.Fields(name)[0] != topic })
	}
	var b strings.Builder
	b.WriteString(strings.TrimSpace(p.words.T(id, nil)) + "\n")
	if topic == "till" {
		b.WriteString("\n" + strings.Join(door.Lines(), "\n") + "\n")
	}
	b.WriteString("\n" + p.words.T("cli.forms", nil) + "\n")
	forms := make([]string, len(names))
	for i, name := range names {
		forms[i] = form(name)
		b.WriteString("  " + forms[i] + "\n")
	}
	if !p.json {
		_, err := fmt.Fprint(p.out, b.String())
		return err
	}
	v := struct {
		Help  string   `json:"help"`
		Forms []string `json:"forms"`
		Door  any      `json:"protocol,omitempty"`
	}{Help: b.String(), Forms: forms}
	if topic == "till" {
		v.Door = door.Protocol()
	}
	return p.tell(v)
}

// form is a command with its words and flags, "…" for whatever is filled in.
func form(name string) string {
	c := commands[name]
	f := "kassactl " + name + strings.Repeat(" …", c.min) + strings.Repeat(" […]", c.max-c.min)
	for _, flag := range c.flags {
		if f += " [--" + flag; flags[flag] {
			f += " …"
		}
		f += "]"
	}
	return f
}

// topics are the first words of commands, each once, in order.
func topics() []string {
	var all []string
	for name := range commands {
		all = append(all, strings.Fields(name)[0])
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// unknownCommand refuses words that begin no command: by what may follow the
// first one, where that is known.
func unknownCommand(typed []string) error {
	var next []string
	for name := range commands {
		if rest, ok := strings.CutPrefix(name, typed[0]+" "); ok {
			next = append(next, rest)
		}
	}
	if len(next) == 0 {
		return usageNear("cli.unknown-command", strings.Join(typed, " "), append(slices.Collect(maps.Keys(commands)), topics()...))
	}
	slices.Sort(next)
	return usageError{refusal: pos.E(pos.CodeInvalid, "cli.second-word",
		pos.Args{"What": printable(typed[0]), "List": strings.Join(next, ", ")})}
}

// usageNear is usage for a word there is none of, with those written like it.
func usageNear(id, what string, among []string) error {
	slices.Sort(among)
	return usageError{refusal: pos.E(pos.CodeInvalid, id,
		pos.Args{"What": printable(what), "Near": strings.Join(near.Words(what, slices.Compact(among)), ", ")})}
}

// wordMissing refuses a command that was not told what to work on.
func wordMissing(name string, c command) error {
	return usageError{refusal: pos.E(pos.CodeInvalid, "cli.word-missing",
		pos.Args{"What": name, "Word": pos.E(pos.CodeInvalid, c.word, nil)})}
}
