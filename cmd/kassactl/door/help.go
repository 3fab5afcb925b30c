package door

// This file tells the protocol to whoever speaks it.

import "context"

// helpJSON is the protocol as it is told; how a type is written stands beside.
type helpJSON struct {
	Commands   []commandJSON     `json:"commands"`
	Everywhere []Field           `json:"every_command_takes"`
	Types      map[string]string `json:"types"`
}

type commandJSON struct {
	Name   string  `json:"cmd"`
	Login  bool    `json:"login"` // somebody has to be logged in
	Fields []Field `json:"fields"`
}

// help tells all commands with their fields, or the one that is named.
func (s *Session) help(_ context.Context, r *request) (any, error) {
	name := r.optional("command")
	if err := r.done(); err != nil {
		return nil, err
	}
	if name != "" {
		c, err := lookUp(name)
		if err != nil {
			return nil, err
		}
		return newHelp([]command{*c}), nil
	}
	return newHelp(families...), nil
}

// Protocol is all of it as help tells it.
func Protocol() any { return newHelp(families...) }

func newHelp(families ...[]command) helpJSON {
	out := helpJSON{Everywhere: []Field{{Name: "approval", Type: "object"}}, Types: map[string]string{}}
	for _, f := range families {
		for i := range f {
			out.Commands = append(out.Commands, commandJSON{Name: f[i].name, Login: !f[i].open, Fields: f[i].fields})
		}
	}
	for _, k := range kinds {
		out.Types[k[0]] = k[1]
	}
	return out
}
