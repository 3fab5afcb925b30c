// Package secret keeps the till's tokens: in the system's key store where there
// is one, else in an encrypted file whose key lies beside it, protected by file
// rights alone. Which of the two it is, is remembered and told.
package secret

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"unicode/utf8"

	"kassa/pos"
	"kassa/pos/hidden"
)

// Secret is a value that does not show itself.
type Secret = hidden.Text

// New hides value.
func New(value string) Secret { return hidden.New(value) }

// Mode says where secrets are kept.
type Mode string

// The modes, permanent words.
const (
	System Mode = "system" // the system's key store
	File   Mode = "file"   // an encrypted file, protected by file rights only
)

// MaxValue bounds a secret in bytes; the narrowest key store takes 2560.
const MaxValue = 2048

// Store keeps secrets by permanent names such as "sms.smsru.api_id". Errors are
// *pos.Error and never hold a value.
type Store interface {
	// Get returns the secret, empty when there is none.
	Get(name string) (Secret, error)
	// Set keeps the secret. CodeInvalid when it is empty, longer than MaxValue
	// or holds what no token can.
	Set(name string, value Secret) error
	// Delete forgets it; deleting what is not there is no error.
	Delete(name string) error
	// Mode tells where secrets are kept.
	Mode() Mode
	// Overridden reports that the environment gives this secret, whatever is kept.
	Overridden(name string) bool
}

// Words is the translation id of a mode for the settings window.
func (m Mode) Words() string { return "secret.mode." + string(m) }

// ModeVariable names the environment variable that forces a mode: "file".
const ModeVariable = "KASSA_SECRETS"

// Params say where a store keeps things.
type Params struct {
	// Dir is the folder of the encrypted file, apart from what is backed up. Two
	// tills have two folders; it also names the till in the system's key store.
	Dir string
	// Mode forces a mode; empty asks ModeVariable, then what was used before, then
	// what the system offers.
	Mode Mode
	// Environment reads a variable; nil is os.Getenv.
	Environment func(string) string
}

// Open finds where secrets are kept. Nothing is read yet but the mode: it
// returns at once where there is no key store, and within KeyStoreTimeout where
// one hangs. It returns CodeUnavailable "secret.folder" when the folder cannot be
// made.
func Open(p Params) (Store, error) {
	if p.Environment == nil {
		p.Environment = os.Getenv
	}
	if err := os.MkdirAll(p.Dir, 0o700); err != nil {
		return nil, fault(pos.CodeUnavailable, "secret.folder", p.Dir, err)
	}
	mode := p.Mode
	if mode == "" {
		mode = Mode(p.Environment(ModeVariable))
	}
	if mode != System && mode != File {
		mode = remembered(p.Dir)
	}
	s := &store{environment: p.Environment, mode: mode, file: &file{dir: p.Dir}, keys: newKeys(p.Dir)}
	return s, nil
}

// modeFile remembers the mode, so that the key store is asked once in a till's
// life and a secret is never looked for in the wrong place.
const modeFile = "mode"

func remembered(dir string) Mode {
	raw, err := os.ReadFile(filepath.Join(dir, modeFile))
	if m := Mode(strings.TrimSpace(string(raw))); err == nil && (m == System || m == File) {
		return m
	}
	mode := File
	if newKeys(dir).works() {
		mode = System
	}
	_ = os.WriteFile(filepath.Join(dir, modeFile), []byte(mode), 0o600) // else asked again next time
	return mode
}

type store struct {
	environment func(string) string
	mode        Mode
	mu          sync.Mutex
	file        *file
	keys        *keys
}

func (s *store) Mode() Mode { return s.mode }

func (s *store) Overridden(name string) bool { return s.environment(variable(name)) != "" }

// variable is KASSA_SMS_SMSRU_API_ID for sms.smsru.api_id.
func variable(name string) string {
	return "KASSA_" + strings.ToUpper(strings.ReplaceAll(name, ".", "_"))
}

func (s *store) Get(name string) (Secret, error) {
	if v := s.environment(variable(name)); v != "" && name != pepperName {
		return New(strings.TrimSpace(v)), nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.mode == System {
		return s.keys.get(name)
	}
	return s.file.get(name)
}

func (s *store) Set(name string, value Secret) error {
	v := value.Reveal()
	if v == "" || len(v) > MaxValue || !utf8.ValidString(v) || pos.HasControl(v) {
		return pos.E(pos.CodeInvalid, "secret.value", pos.Args{"Max": MaxValue})
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.mode == System {
		return s.keys.set(name, v)
	}
	return s.file.change(func(m map[string]string) { m[name] = v })
}

func (s *store) Delete(name string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.mode == System {
		return s.keys.delete(name)
	}
	return s.file.change(func(m map[string]string) { delete(m, name) })
}

// PepperBytes is the length of the pepper.
const PepperBytes = 32

const pepperName = "pepper"

// Pepper returns the random bytes that go into every stored hash of a code or
// PIN, making them at the first call. mayMake must be false when hashes already
// exist: then a lost pepper is CodeUnavailable "secret.pepper-lost" instead of a
// new one under which no PIN would be right any more.
func Pepper(s Store, mayMake bool) ([]byte, error) {
	kept, err := s.Get(pepperName)
	if err != nil {
		return nil, err
	}
	if !kept.Empty() {
		raw, err := base64.StdEncoding.DecodeString(kept.Reveal())
		if err != nil || len(raw) != PepperBytes {
			return nil, pos.E(pos.CodeUnavailable, "secret.pepper-lost", nil)
		}
		return raw, nil
	}
	if !mayMake {
		return nil, pos.E(pos.CodeUnavailable, "secret.pepper-lost", nil)
	}
	raw := make([]byte, PepperBytes)
	_, _ = rand.Read(raw) // never fails
	if err := s.Set(pepperName, New(base64.StdEncoding.EncodeToString(raw))); err != nil {
		return nil, err
	}
	return raw, nil
}

func fault(code pos.Code, id, name string, err error) error {
	return &pos.Error{Code: code, ID: id, Args: pos.Args{"File": name}, Err: fmt.Errorf("secret: %w", err)}
}

var errEmpty = errors.New("the file is empty")
