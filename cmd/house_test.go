package cmd_test

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// rooms says which folders of the house a folder may import beside the
// standard library. What is not listed is forbidden: adapters know the shop's
// vocabulary and not one another; they meet in cmd.
var rooms = map[string][]string{
	"pos":     {"pos"},
	"sms":     {"sms", "pos"},
	"print":   {"print", "pos", "assets"},
	"storage": {"storage", "pos"},
	"assets":  {"assets", "pos"},
	"ui":      {"ui", "pos", "assets"},
	"cmd":     {"cmd", "ui", "print", "pos", "sms", "storage", "assets"},
}

// values are the only libraries the vocabulary may stand on: they compute and
// do no I/O.
var values = []string{
	"github.com/bojanz/currency",
	"github.com/nyaruka/phonenumbers",
	"github.com/shopspring/decimal",
	"github.com/google/uuid",
	"github.com/alexedwards/argon2id",
	"golang.org/x/crypto",
	"golang.org/x/text",
}

// addresses are the parts of the standard library that only read how an address
// is written; they lie under net, which does I/O.
var addresses = []string{"net/url", "net/netip"}

// windowed are the programs that open a window; everything else in cmd must
// build without one.
var windowed = []string{"kassa/cmd/kassa", "kassa/cmd/storybook", "kassa/cmd/bench"}

// benches are packages for tests alone, such as the one that stands a screen on
// its true neighbours. They may reach anything, so nothing but a test may import
// them.
var benches = []string{"kassa/ui/uitest/shoptest", "kassa/pos/postest/golden"}

// leaves are packages that other adapters are to share with the one they lie in:
// asking a vendor's server is the same whatever the vendor sells. A leaf knows
// the vocabulary and nothing else of the house, so that whoever comes to stand on
// it does not come to know its neighbours.
var leaves = []string{"kassa/sms/vendorhttp"}

type pkg struct {
	ImportPath string
	Imports    []string
}

// TestHouse_Imports keeps the table of rooms true for the program; tests may
// reach further, to try a thing against its real neighbours.
func TestHouse_Imports(t *testing.T) {
	for _, p := range packages(t) {
		room := roomOf(p.ImportPath)
		allowed, known := rooms[room]
		require.True(t, known, "%s lies in no known room", p.ImportPath)
		for _, imp := range p.Imports {
			host, _, _ := strings.Cut(imp, "/")
			switch {
			case within(imp, benches):
				t.Errorf("%s imports %s, which is for tests alone", p.ImportPath, imp)
			case within(p.ImportPath, benches):
			case within(p.ImportPath, leaves) && strings.HasPrefix(imp, "kassa/"):
				require.Equal(t, "pos", roomOf(imp), "%s is a leaf and must not import %s", p.ImportPath, imp)
			case strings.HasPrefix(imp, "kassa/"):
				require.Contains(t, allowed, roomOf(imp), "%s must not import %s", p.ImportPath, imp)
			case room == "pos" && strings.Contains(host, "."):
				require.True(t, within(imp, values), "%s: the vocabulary does no I/O, yet imports %s", p.ImportPath, imp)
			case room == "pos" && within(imp, []string{"net/http", "database/sql", "os/exec", "net"}) && !slices.Contains(addresses, imp):
				t.Errorf("%s: the vocabulary does no I/O, yet imports %s", p.ImportPath, imp)
			}
			if imp == "fyne.io/fyne/v2/app" {
				require.Contains(t, windowed, p.ImportPath, "only the programs with a window start a Fyne app")
			}
			if host == "fyne.io" {
				require.True(t, room == "ui" || within(p.ImportPath, windowed), "%s must do without a window, yet imports %s", p.ImportPath, imp)
			}
		}
	}
}

// TestHouse_OneHop keeps fyne.Do in ui/task and in the till's own wiring.
func TestHouse_OneHop(t *testing.T) {
	out, err := exec.Command("grep", "-rlE", `fyne\.Do(AndWait)?\(`, "--include=*.go", "../ui", "../cmd/kassa").Output()
	require.NoError(t, err, "nothing hops to the window's thread at all")
	for _, f := range strings.Fields(string(out)) {
		require.True(t, strings.HasSuffix(f, "_test.go") || strings.HasPrefix(f, "../ui/task/") || strings.HasPrefix(f, "../cmd/kassa/"),
			"%s calls fyne.Do", f)
	}
}

func packages(t *testing.T) []pkg {
	t.Helper()
	cmd := exec.Command("go", "list", "-e", "-tags", "migrated_fynedo", "-json=ImportPath,Imports", "kassa/...")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	require.NoError(t, err)
	var all []pkg
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	require.NotEmpty(t, all)
	return all
}

func roomOf(path string) string {
	room, _, _ := strings.Cut(strings.TrimPrefix(path, "kassa/"), "/")
	return room
}

func within(s string, list []string) bool {
	for _, p := range list {
		if s == p || strings.HasPrefix(s, p+"/") {
			return true
		}
	}
	return false
}
