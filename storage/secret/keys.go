package secret

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/zalando/go-keyring"

	"kassa/pos"
)

// KeyStoreTimeout bounds every call to the system's key store: a locked or
// hanging one must not hold the till up.
const KeyStoreTimeout = time.Second

// keys is the system's key store. The service name carries a digest of the
// folder, so that two tills of one user do not share their secrets.
type keys struct{ service string }

func newKeys(dir string) *keys {
	if abs, err := filepath.Abs(dir); err == nil {
		dir = abs
	}
	sum := sha256.Sum256([]byte(dir))
	return &keys{service: "kassa-" + hex.EncodeToString(sum[:6])}
}

var errTimeout = errors.New("the key store does not answer")

// works reports that a value put into the key store comes back. Where there is
// no session bus the library would try to start one; that is not waited for.
func (k *keys) works() bool {
	if runtime.GOOS == "linux" && os.Getenv("DBUS_SESSION_BUS_ADDRESS") == "" && !hasUserBus() {
		return false
	}
	const probe = "probe"
	if err := within(func() error { return keyring.Set(k.service, probe, probe) }); err != nil {
		return false
	}
	got, err := k.read(probe)
	_ = k.delete(probe)
	return err == nil && got == probe
}

// hasUserBus reports the socket a session bus listens on where no variable
// names it.
func hasUserBus() bool {
	dir := os.Getenv("XDG_RUNTIME_DIR")
	if dir == "" {
		return false
	}
	_, err := os.Stat(filepath.Join(dir, "bus"))
	return err == nil
}

func (k *keys) get(name string) (Secret, error) {
	v, err := k.read(name)
	if errors.Is(err, keyring.ErrNotFound) {
		return Secret{}, nil
	}
	if err != nil {
		return Secret{}, fault(pos.CodeUnavailable, "secret.system", name, err)
	}
	return New(v), nil
}

// read hands the value over a channel: a call that came too late must not write
// to what its caller has already returned.
func (k *keys) read(name string) (string, error) {
	values := make(chan string, 1)
	err := within(func() error {
		v, err := keyring.Get(k.service, name)
		values <- v
		return err
	})
	if err != nil {
		return "", err
	}
	return <-values, nil
}

func (k *keys) set(name, value string) error {
	if err := within(func() error { return keyring.Set(k.service, name, value) }); err != nil {
		return fault(pos.CodeUnavailable, "secret.system", name, err)
	}
	return nil
}

func (k *keys) delete(name string) error {
	err := within(func() error { return keyring.Delete(k.service, name) })
	if err == nil || errors.Is(err, keyring.ErrNotFound) {
		return nil
	}
	return fault(pos.CodeUnavailable, "secret.system", name, err)
}

// within gives a call KeyStoreTimeout. The library cannot be interrupted, so a
// call that hangs is left behind with its goroutine.
func within(call func() error) error {
	done := make(chan error, 1)
	go func() { done <- call() }()
	timer := time.NewTimer(KeyStoreTimeout)
	defer timer.Stop()
	select {
	case err := <-done:
		return err
	case <-timer.C:
		return errTimeout
	}
}
