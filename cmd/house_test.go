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
// vocabulary and not one another; they meet in cmd. A room that does not exist yet
// is held from its first file on.
var rooms = map[string][]string{
	"pos":     {"pos"},
	"sms":     {"sms", "pos"},
	"gateway": {"gateway", "pos"},
	"mail":    {"mail", "pos"},
	"webhook": {"webhook", "pos"},
	"print":   {"print", "pos", "assets"}, // its fonts
	"storage": {"storage", "pos"},
	"backend": {"backend", "pos", "assets"}, // the words of its pages
	"assets":  {"assets", "pos"},
	"ui":      {"ui", "pos", "assets"},
	"cmd":     {"cmd", "ui", "backend", "print", "sms", "gateway", "mail", "webhook", "storage", "pos", "assets"},
}

// tillRooms says on which rooms of the till a room stands, beside the desk and the
// store, which all of them do. The facade, pos/till itself, stands on them all.
var tillRooms = map[string][]string{
	"staff":   nil,
	"drawer":  nil,
	"shelf":   {"staff"},
	"clients": {"staff", "drawer"},
	"counter": {"shelf", "clients", "staff", "drawer"},
	"returns": {"counter", "shelf", "clients", "staff", "drawer"},
	"lists":   {"counter", "returns", "clients", "shelf", "staff", "drawer"},
	"reports": {"counter", "returns", "clients", "shelf", "staff", "drawer"},
	"upkeep":  {"counter", "returns", "clients", "shelf", "staff", "drawer", "check"},
	"queue":   nil,
}

// tillGround are the rooms all others of the till stand on.
var tillGround = map[string][]string{
	"store":         nil,
	"internal/desk": {"store"},
	"check":         {"store"}, // the self-check trusts nobody who writes
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
	"golang.org/x/image",
	"golang.org/x/text",
}

// addresses are the parts of the standard library that only read how an address
// is written; they lie under net, which does I/O.
var addresses = []string{"net/url", "net/netip"}

// windowed are the programs that open a window; everything else in cmd must
// build without one.
var windowed = []string{"kassa/cmd/kassa", "kassa/cmd/storybook", "kassa/cmd/bench"}

// benches are packages for tests, such as the one that stands a screen on its
// true neighbours. They may reach anything, so nothing but a test may import them,
// and the program named beside one.
var benches = map[string]string{
	"kassa/ui/uitest/shoptest":          "",
	"kassa/pos/postest/golden":          "",
	"kassa/storage/local/localtest":     "",
	"kassa/storage/postgres/pgtest":     "kassa/cmd/bench",
	"kassa/storage/central/centraltest": "",
	"kassa/pos/picture/picturetest":     "",
	"kassa/backend/pages/pagestest":     "",
	"kassa/backend/pages/chromium":      "",
	"kassa/pos/till/tilltest":           "",
	"kassa/pos/till/tilltest/history":   "kassa/cmd/bench",
}

// contracts are what an adapter keeps for another: the interface lies with whoever
// needs it, and only a store implements it.
var contracts = map[string]string{"kassa/backend/store": "kassa/storage"}

// leaves are packages that other adapters are to share with the one they lie in:
// asking a vendor's server is the same whatever the vendor sells. A leaf knows
// the vocabulary and nothing else of the house, so that whoever comes to stand on
// it does not come to know its neighbours.
var leaves = []string{"kassa/sms/vendorhttp"}

// queued are the only packages that know which library keeps the jobs; everybody else
// stands on backend/jobs, so that another could take its place.
var queued = []string{"kassa/storage/queue", "kassa/storage/central", "kassa/storage/postgres"}

type pkg struct {
	ImportPath string
	Imports    []string
}

// TestHouse_Imports keeps the table of rooms true for the program; tests may
// reach further, to try a thing against its real neighbours.
func TestHouse_Imports(t *testing.T) {
	for _, p := range packages(t) {
		for _, fault := range faults(p) {
			t.Error(fault)
		}
	}
}

// TestHouse_KnowsWhatIsForbidden tries the table on imports nobody should write.
func TestHouse_KnowsWhatIsForbidden(t *testing.T) {
	for from, imp := range map[string]string{
		"kassa/attic":                  "kassa/pos",
		"kassa/ui/sale":                "kassa/print",
		"kassa/print/pdf":              "fyne.io/fyne/v2",
		"kassa/print":                  "kassa/ui",
		"kassa/sms/smsru":              "kassa/storage",
		"kassa/gateway/uapay":          "kassa/mail",
		"kassa/backend/api":            "kassa/storage/central",
		"kassa/storage/central":        "kassa/backend/tills",
		"kassa/mail":                   "kassa/backend/store",
		"kassa/backend/jobs":           "github.com/riverqueue/river",
		"kassa/storage/backup":         "github.com/riverqueue/river/rivertype",
		"kassa/pos/money":              "kassa/pos/till",
		"kassa/pos/report":             "kassa/pos/till/store",
		"kassa/pos":                    "net/http",
		"kassa/pos/confirm":            "github.com/spf13/viper",
		"kassa/pos/till/clients":       "kassa/pos/till/counter",
		"kassa/pos/till/staff":         "kassa/pos/till/check",
		"kassa/pos/till/shelf":         "kassa/pos/till",
		"kassa/pos/till/store":         "kassa/pos/till/internal/desk",
		"kassa/pos/till/attic":         "kassa/pos/till/store",
		"kassa/ui/goods":               "kassa/pos/till/shelf",
		"kassa/cmd/kassactl":           "kassa/ui/task",
		"kassa/cmd/internal/shop":      "kassa/pos/till/tilltest",
		"kassa/cmd/bench":              "kassa/pos/till/tilltest",
		"kassa/cmd/internal/demoplay":  "kassa/pos/till/tilltest/history",
		"kassa/cmd/internal/shop/more": "kassa/ui/uitest/shoptest",
	} {
		require.NotEmpty(t, faults(pkg{from, []string{imp}}), "%s imports %s", from, imp)
	}
	for from, imp := range map[string]string{
		"kassa/pos/till/returns": "kassa/pos/till/staff", "kassa/pos/till": "kassa/pos/till/lists", "kassa/cmd/bench": "kassa/pos/till/tilltest/history",
		"kassa/backend/tills": "kassa/pos/wire", "kassa/storage/local": "kassa/pos/till/store", "kassa/storage/central": "kassa/backend/store", "kassa/cmd/kassa-backend": "kassa/backend",
		"kassa/pos/till/internal/desk": "kassa/pos/till/store", "kassa/print": "golang.org/x/image/draw",
		"kassa/storage/queue": "github.com/riverqueue/river",
	} {
		require.Empty(t, faults(pkg{from, []string{imp}}), "%s imports %s", from, imp)
	}
}

// faults tells which imports of a package the house forbids.
func faults(p pkg) (all []string) {
	room := roomOf(p.ImportPath)
	allowed, known := rooms[room]
	if !known {
		return []string{p.ImportPath + " lies in no known room"}
	}
	if _, bench := benches[p.ImportPath]; bench {
		return nil
	}
	for _, imp := range p.Imports {
		if why := forbidden(p.ImportPath, room, allowed, imp); why != "" {
			all = append(all, p.ImportPath+" imports "+imp+": "+why)
		}
	}
	return all
}

// forbidden tells why a package must not import something, "" when it may.
func forbidden(from, room string, allowed []string, imp string) string {
	host, _, _ := strings.Cut(imp, "/")
	user, bench := benches[imp]
	switch {
	case bench && from != user:
		return "that is for tests alone"
	case bench:
		return ""
	case within(from, leaves) && strings.HasPrefix(imp, "kassa/") && roomOf(imp) != "pos":
		return "a leaf knows the vocabulary alone"
	case contracts[imp] != "" && within(from, []string{contracts[imp]}):
		return ""
	case within(imp, []string{"github.com/riverqueue"}) && !slices.Contains(queued, from):
		return "jobs are added and done through backend/jobs"
	case strings.HasPrefix(imp, "kassa/") && !slices.Contains(allowed, roomOf(imp)):
		return "adapters do not know one another"
	case room == "cmd" && roomOf(imp) == "ui" && strings.HasPrefix(imp, "kassa/") && !within(from, windowed):
		return "a program without a window has no screens"
	case within(imp, []string{"kassa/pos/till"}):
		return forbiddenTill(from, imp)
	case room == "pos" && strings.Contains(host, ".") && !within(imp, values),
		room == "pos" && within(imp, []string{"net/http", "database/sql", "os/exec", "net"}) && !slices.Contains(addresses, imp):
		return "the vocabulary does no I/O"
	case imp == "fyne.io/fyne/v2/app" && !slices.Contains(windowed, from):
		return "only the programs with a window start a Fyne app"
	case host == "fyne.io" && room != "ui" && !within(from, windowed):
		return "it must do without a window"
	}
	return ""
}

// forbiddenTill tells why a package must not import a room of the till.
func forbiddenTill(from, imp string) string {
	of := strings.TrimPrefix(strings.TrimPrefix(imp, "kassa/pos/till"), "/")
	here, inside := strings.CutPrefix(from, "kassa/pos/till/")
	switch {
	case from == "kassa/pos/till":
		return "" // the facade joins them all
	case !inside && roomOf(from) == "pos":
		return "the vocabulary does not know what is done with it"
	case !inside && of != "" && of != "store":
		return "whoever works with a till imports pos/till, and a store pos/till/store"
	case !inside:
		return ""
	}
	stands, known := tillGround[here]
	if !known {
		stands, known = tillRooms[here]
		stands = append([]string{"store", "internal/desk"}, stands...)
	}
	switch {
	case !known:
		return "the table of the till's rooms does not know " + here
	case !slices.Contains(stands, of):
		return "the till's " + here + " does not stand on it"
	}
	return ""
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
