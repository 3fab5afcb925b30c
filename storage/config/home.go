package config

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/adrg/xdg"

	"kassa/pos"
)

// HomeVariable names the environment variable that holds the home folder.
const HomeVariable = "KASSA_HOME"

// Home is the folder that holds everything one till keeps, but for its secrets.
type Home struct {
	Dir string // absolute, by its real name
	// Chosen is true when the folder is another than the user's own; what is
	// kept elsewhere for the user's own home must then be kept apart.
	Chosen bool
}

// FindHome returns dir when it is not empty, else KASSA_HOME, else the folder
// "kassa" in the user's configuration folder, and makes it with its parts, open
// to nobody else. It returns CodeUnavailable "config.home" with the folder's
// name when that cannot be done. However a folder is named, through a link or
// by the name it has anyway, it is the same home with the same secrets.
func FindHome(dir string) (Home, error) {
	if dir == "" {
		dir = os.Getenv(HomeVariable)
	}
	own := filepath.Join(xdg.ConfigHome, "kassa")
	h := Home{Dir: dir}
	if dir == "" {
		h.Dir = own
	}
	abs, err := filepath.Abs(h.Dir)
	if err != nil {
		return Home{}, homeError(h.Dir, err)
	}
	h.Dir = abs
	for _, d := range []string{h.Dir, h.Backups(), h.Logs(), h.Images()} {
		if err := os.MkdirAll(d, 0o700); err != nil {
			return Home{}, homeError(d, err)
		}
	}
	h.Dir = realName(h.Dir)
	h.Chosen = h.Dir != realName(own)
	return h, nil
}

// realName follows links; a name that leads nowhere stays as it is.
func realName(dir string) string {
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		return real
	}
	return dir
}

func homeError(dir string, err error) error {
	return &pos.Error{Code: pos.CodeUnavailable, ID: "config.home", Args: pos.Args{"Dir": dir}, Err: fmt.Errorf("home: %w", err)}
}

// Config is the file of settings.
func (h Home) Config() string { return filepath.Join(h.Dir, "config.toml") }

// Database is the till's database file.
func (h Home) Database() string { return filepath.Join(h.Dir, "kassa.db") }

// Backups is the folder of database copies.
func (h Home) Backups() string { return filepath.Join(h.Dir, "backups") }

// Logs is the folder of the program's log.
func (h Home) Logs() string { return filepath.Join(h.Dir, "logs") }

// Images is the folder of pictures of goods.
func (h Home) Images() string { return filepath.Join(h.Dir, "images") }

// Secrets is the folder for secrets where the system has no key store: apart
// from the home, so that a copy of the home is no copy of its secrets, and of
// this home alone, so that two homes never share one.
func (h Home) Secrets() string {
	if h.Chosen {
		return h.Dir + ".secrets"
	}
	return filepath.Join(xdg.DataHome, "kassa-secrets")
}
