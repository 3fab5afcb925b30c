package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
	"github.com/spf13/cast"

	"kassa/pos"
)

// maxFile bounds config.toml; a longer one is not ours.
const maxFile = 1 << 20

// readFile parses config.toml with its keys folded to lower case. A missing
// file is empty.
func readFile(name string) (map[string]any, error) {
	raw, err := readText(name)
	if err != nil {
		return nil, err
	}
	return parse(name, raw)
}

func readText(name string) ([]byte, error) {
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, unreadable(name, err)
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, unreadable(name, err)
	}
	if len(raw) > maxFile {
		return nil, pos.E(pos.CodeInvalid, "config.too-large", pos.Args{"File": name})
	}
	return bytes.TrimPrefix(raw, []byte("\xEF\xBB\xBF")), nil // some editors put a mark in front
}

// Text is config.toml as it stands; "" when there is none.
func (c *Config) Text() (string, error) {
	raw, err := readText(c.home.Config())
	return string(raw), err
}

func unreadable(name string, err error) error {
	return &pos.Error{Code: pos.CodeUnavailable, ID: "config.unreadable", Args: pos.Args{"File": name},
		Err: fmt.Errorf("config: %w", err)}
}

func parse(name string, raw []byte) (map[string]any, error) {
	values := map[string]any{}
	if err := toml.Unmarshal(raw, &values); err != nil {
		return nil, &pos.Error{Code: pos.CodeInvalid, ID: "config.broken",
			Args: pos.Args{"File": name, "Number": errorLine(raw, err)}, Err: fmt.Errorf("config: %w", err)}
	}
	return lowered(values), nil
}

// errorLine finds the line an error of the parser is about. What is not text at
// all has no position of its own and is looked for.
func errorLine(raw []byte, err error) int {
	if d, ok := errors.AsType[*toml.DecodeError](err); ok {
		line, _ := d.Position()
		return line
	}
	for i := 0; i < len(raw); {
		r, n := utf8.DecodeRune(raw[i:])
		if r == utf8.RuneError && n == 1 {
			return 1 + bytes.Count(raw[:i], []byte("\n"))
		}
		i += n
	}
	return 1
}

// lowered folds keys the way the settings know them.
func lowered(m map[string]any) map[string]any {
	out := make(map[string]any, len(m))
	for k, v := range m {
		if inner, ok := v.(map[string]any); ok {
			v = lowered(inner)
		}
		out[strings.ToLower(k)] = v
	}
	return out
}

// flatten lists the full keys of all values, sorted.
func flatten(m map[string]any) []string {
	var names []string
	for k, v := range m {
		inner, ok := v.(map[string]any)
		if !ok {
			names = append(names, k)
			continue
		}
		for _, name := range flatten(inner) {
			names = append(names, k+"."+name)
		}
	}
	sort.Strings(names)
	return names
}

// scalar is the text of a single value; numbers are written the shortest way
// that means the same, so that 2.5 stays 2.5.
func scalar(v any) (string, bool) {
	switch v.(type) {
	case nil:
		return "", true
	case map[string]any, []any:
		return "", false
	}
	s, err := cast.ToStringE(v)
	return s, err == nil
}
