package shop

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"

	"kassa/assets/words"
	"kassa/pos"
	"kassa/pos/health"
	"kassa/pos/till"
	"kassa/storage/config"
	"kassa/storage/logs"
	"kassa/storage/tables"
)

// logLines is how much of the log goes into the parcel for support.
const logLines = 2000

// Parcel says of what the parcel for support is made. A shop that cannot be
// opened whole is the very one that needs it, so each part may be missing.
type Parcel struct {
	Home    config.Home
	Shop    *Shop         // nil where not even the settings can be read; its Till where the data cannot
	Lines   []health.Line // as just looked at
	Version string
	At      time.Time
}

// Support gathers the parcel: version, settings, health, layout and numbers of
// rows, the self-check, the end of the log. It holds no secret and nothing about
// a person; it speaks English, whoever made it. It needs the right to check the
// data.
func Support(ctx context.Context, a pos.Actor, p Parcel) (*health.Bundle, error) {
	b := &bundling{Parcel: p, words: words.New("en", "", "")}
	if err := b.look(ctx, a); err != nil {
		return nil, err
	}
	b.scrub = b.scrubber(ctx, a)
	b.about()
	b.settings()
	b.health()
	b.shapes()
	b.checked()
	b.log()
	return &health.Bundle{Files: b.files}, ctx.Err()
}

type bundling struct {
	Parcel
	words    *words.Words
	scrub    *logs.Scrubber
	shape    *till.Shape
	problems []till.Problem
	lines    []string
	faults   []error // what could not be gathered
	known    bool    // whose names are in the data is known
	files    []health.File
}

// look reads what the parcel tells of. Only a refusal and an end ordered from
// outside stop it.
func (b *bundling) look(ctx context.Context, a pos.Actor) (err error) {
	if b.lines, err = logs.Tail(b.Home.Logs(), logLines); err != nil {
		b.faults = append(b.faults, err)
	}
	if b.Shop == nil || b.Shop.Till == nil {
		return nil
	}
	if err := b.Shop.Till.Demand(ctx, a, pos.RightVerify); err != nil {
		return err
	}
	if b.shape, err = b.Shop.Till.Shape(ctx, a); err != nil {
		b.faults = append(b.faults, err)
	}
	if b.problems, err = b.Shop.SelfCheck(ctx, a); err != nil {
		b.problems = nil
		b.faults = append(b.faults, err)
	}
	return ctx.Err()
}

// scrubber knows what this very shop hides.
func (b *bundling) scrubber(ctx context.Context, a pos.Actor) *logs.Scrubber {
	s := &logs.Scrubber{Paths: map[string]string{b.Home.Dir: "<shop>"}}
	if home, err := os.UserHomeDir(); err == nil {
		s.Paths[home] = "<user>"
	}
	if b.Shop == nil {
		return s
	}
	set := b.Shop.Settings()
	for _, text := range []string{set.Shop, set.Address, set.TaxID, set.SMSSender, set.Footer, set.Paper.Header, set.Paper.Address, set.Backup.Folders} {
		s.Hide = append(s.Hide, strings.Split(strings.TrimSpace(text), "\n")...)
	}
	for _, d := range b.Shop.Declarations() {
		for _, f := range d.Fields {
			if f.IsSecret() {
				b.hide(s, d.Key(f.Key))
			}
		}
	}
	b.hide(s, PassphraseName)
	// The longest first, lest a part of one leave the rest of it.
	slices.SortFunc(s.Hide, func(x, y string) int { return cmp.Compare(len(y), len(x)) })
	s.Hide = slices.DeleteFunc(s.Hide, func(t string) bool { return len([]rune(t)) < 3 })
	if b.Shop.Till == nil {
		return s
	}
	have := map[string]bool{}
	for _, text := range b.texts() {
		for _, w := range till.Words(text) {
			have[w] = true
		}
	}
	names, err := b.Shop.Till.Personal(ctx, a, have)
	if err != nil {
		b.faults = append(b.faults, err)
		return s
	}
	s.Names, b.known = names, true
	return s
}

// hide keeps a secret's very value out, wherever it strayed to.
func (b *bundling) hide(s *logs.Scrubber, name string) {
	v, err := b.Shop.Secrets.Get(name)
	if err == nil && !v.Empty() {
		s.Hide = append(s.Hide, v.Reveal())
	}
}

// texts are all that may hold a word about somebody.
func (b *bundling) texts() []string {
	all := slices.Clone(b.lines)
	for i := range b.Lines {
		all = append(all, fmt.Sprint(b.Lines[i].Args), fmt.Sprint(b.Lines[i].Err))
	}
	for _, p := range b.problems {
		all = append(all, fmt.Sprint(p.Args))
	}
	for _, err := range b.faults {
		all = append(all, err.Error())
	}
	return all
}

func (b *bundling) add(name string, body []byte) {
	b.files = append(b.files, health.File{Name: name, Body: body})
}

// addJSON adds a value whose texts were scrubbed.
func (b *bundling) addJSON(name string, v any) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		out.Reset()
		fmt.Fprintf(&out, "%q\n", err.Error())
	}
	b.add(name, out.Bytes())
}

func (b *bundling) about() {
	zone, offset := b.At.Zone()
	v := struct {
		Version string    `json:"version"`
		Go      string    `json:"go"`
		System  string    `json:"system"`
		At      time.Time `json:"at"`
		Zone    string    `json:"zone"`
		Offset  int       `json:"zone_offset_minutes"`
		Secrets string    `json:"secrets,omitempty"`
		Missing []string  `json:"missing,omitempty"` // what could not be gathered, and why
	}{Version: b.Version, Go: runtime.Version(), System: runtime.GOOS + "/" + runtime.GOARCH, At: b.At, Zone: zone, Offset: offset / 60}
	if b.Shop != nil {
		v.Secrets = string(b.Shop.Secrets.Mode())
	}
	for _, err := range b.faults {
		v.Missing = append(v.Missing, b.scrub.Text(err.Error()))
	}
	b.addJSON("about.json", v)
}

func (b *bundling) settings() {
	if b.Shop == nil {
		return
	}
	facts := b.Shop.Config.Facts()
	var out bytes.Buffer
	for _, k := range slices.Sorted(maps.Keys(facts)) {
		fmt.Fprintf(&out, "%s = %q\n", k, facts[k])
	}
	b.add("settings.txt", out.Bytes())
}

func (b *bundling) health() {
	type line struct {
		Name    string         `json:"name"`
		State   health.State   `json:"state"`
		ID      string         `json:"id,omitempty"`
		Args    map[string]any `json:"args,omitempty"`
		Message string         `json:"message"`
	}
	list := make([]line, 0, len(b.Lines))
	for i := range b.Lines {
		l := &b.Lines[i]
		args := b.args(l.Args)
		list = append(list, line{l.Name, l.State, l.ID, args, b.scrub.Text(l.Say(b.words))})
	}
	b.addJSON("health.json", list)
}

// args keeps numbers and times and scrubs the rest.
func (b *bundling) args(args pos.Args) map[string]any {
	if len(args) == 0 {
		return nil
	}
	out := map[string]any{}
	for k, v := range args {
		switch v := v.(type) {
		case int, int64, bool, time.Time:
			out[k] = v
		default:
			out[k] = b.scrub.Text(fmt.Sprint(v))
		}
	}
	return out
}

func (b *bundling) shapes() {
	if b.shape == nil {
		return
	}
	b.add("schema.sql", []byte(fmt.Sprintf("-- %d\n%s;\n", b.shape.Schema, strings.Join(b.shape.Statements, ";\n"))))
	b.addJSON("rows.json", b.shape.Rows)
}

func (b *bundling) checked() {
	type problem struct {
		Invariant string         `json:"invariant"`
		ID        string         `json:"id"`
		Args      map[string]any `json:"args,omitempty"`
	}
	if b.problems == nil {
		return
	}
	list := make([]problem, 0, len(b.problems))
	for _, p := range b.problems {
		list = append(list, problem{p.Invariant, p.ID, b.args(p.Args)})
	}
	b.addJSON("selfcheck.json", list)
}

// log adds the end of the log. Where nobody can tell whose names the data holds,
// only the program's own words stay.
func (b *bundling) log() {
	var out bytes.Buffer
	for _, line := range b.lines {
		if !b.known {
			line = logs.Skeleton(line)
		}
		out.WriteString(b.scrub.Line(line))
		out.WriteByte('\n')
	}
	b.add("log.jsonl", out.Bytes())
}

// SaveSupport writes the parcel to a new file, which gets its name only when it
// is whole, and tells the trail. Its errors are those of storage/tables.WriteNew.
func (s *Shop) SaveSupport(ctx context.Context, a pos.Actor, b *health.Bundle, path string) (string, error) {
	if err := s.Till.Demand(ctx, a, pos.RightVerify); err != nil {
		return "", err
	}
	file, err := WriteSupport(b, path)
	if err != nil {
		return "", err
	}
	return file, s.Till.Note(ctx, a, pos.EventExported, "", map[string]string{"what": "support"})
}

// WriteSupport writes the parcel to a new file and returns its full path.
func WriteSupport(b *health.Bundle, path string) (string, error) {
	if path != "" && !strings.HasSuffix(strings.ToLower(path), ".zip") {
		path += ".zip"
	}
	return tables.WriteNew(path, func(w io.Writer) error {
		z := zip.NewWriter(w)
		for _, f := range b.Files {
			out, err := z.Create(f.Name)
			if err != nil {
				return err
			}
			if _, err := out.Write(f.Body); err != nil {
				return err
			}
		}
		return z.Close()
	})
}

// Support gathers the parcel of this shop, with what it stands on looked at anew.
func (s *Shop) Support(ctx context.Context, a pos.Actor) (*health.Bundle, error) {
	lines, err := s.Health(ctx, a, true)
	if err != nil {
		return nil, err
	}
	return Support(ctx, a, Parcel{Home: s.Home, Shop: s, Lines: lines, Version: s.version, At: s.Clock.Now()})
}
