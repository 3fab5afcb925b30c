package secret

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"filippo.io/age"

	"kassa/pos"
	"kassa/storage"
)

// file is a map of secrets, encrypted under a random X25519 key. The key lies in
// the same folder: what protects both is that nobody else may read it.
type file struct{ dir string }

// Names inside the folder, and what bounds a file that is ours.
const (
	keyFile   = "key.txt"
	valueFile = "secrets.age"
	maxFile   = 1 << 20
)

func (f *file) get(name string) (Secret, error) {
	values, _, err := f.load()
	if err != nil {
		return Secret{}, err
	}
	return New(values[name]), nil
}

// change rewrites the file as a whole.
func (f *file) change(with func(map[string]string)) error {
	values, id, err := f.load()
	if err != nil {
		return err
	}
	if id == nil {
		if id, err = f.makeKey(); err != nil {
			return err
		}
	}
	with(values)
	plain, err := json.Marshal(values)
	if err != nil {
		return fault(pos.CodeInternal, "secret.not-saved", f.path(valueFile), err)
	}
	var sealed bytes.Buffer
	w, err := age.Encrypt(&sealed, id.Recipient())
	if err == nil {
		_, err = w.Write(plain)
	}
	if err == nil {
		err = w.Close()
	}
	if err == nil {
		err = storage.ReplaceFile(f.path(valueFile), sealed.Bytes())
	}
	if err != nil {
		return fault(pos.CodeUnavailable, "secret.not-saved", f.path(valueFile), err)
	}
	return nil
}

// load returns the secrets and the key they are under. Without either file there
// are no secrets and no key yet; one without the other is a fault that somebody
// has to look at, never a fresh start that would bury what is there.
func (f *file) load() (map[string]string, *age.X25519Identity, error) {
	id, err := f.key()
	if err != nil {
		return nil, nil, err
	}
	sealed, err := read(f.path(valueFile))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return map[string]string{}, id, nil // the key is made first, so it may stand alone
	case err != nil:
		return nil, nil, fault(pos.CodeUnavailable, "secret.unreadable", f.path(valueFile), err)
	case id == nil:
		return nil, nil, fault(pos.CodeUnavailable, "secret.key-missing", f.path(keyFile), fs.ErrNotExist)
	}
	values, err := unseal(sealed, id)
	if err != nil {
		return nil, nil, fault(pos.CodeUnavailable, "secret.damaged", f.path(valueFile), err)
	}
	return values, id, nil
}

func unseal(sealed []byte, id age.Identity) (map[string]string, error) {
	r, err := age.Decrypt(bytes.NewReader(sealed), id)
	if err != nil {
		return nil, err
	}
	plain, err := io.ReadAll(io.LimitReader(r, maxFile))
	if err != nil {
		return nil, err
	}
	values := map[string]string{}
	if err := json.Unmarshal(plain, &values); err != nil || values == nil {
		// The decoder's own words may quote what it read.
		return nil, errors.New("the content is not what was written")
	}
	return values, nil
}

// key returns the key, nil when there is none yet.
func (f *file) key() (*age.X25519Identity, error) {
	raw, err := read(f.path(keyFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fault(pos.CodeUnavailable, "secret.unreadable", f.path(keyFile), err)
	}
	id, err := age.ParseX25519Identity(strings.TrimSpace(string(raw)))
	if err != nil {
		// The library's error may quote a part of the key.
		return nil, fault(pos.CodeUnavailable, "secret.damaged", f.path(keyFile), errors.New("not a key"))
	}
	return id, nil
}

func (f *file) makeKey() (*age.X25519Identity, error) {
	id, err := age.GenerateX25519Identity()
	if err == nil {
		err = storage.ReplaceFile(f.path(keyFile), []byte(id.String()+"\n"))
	}
	if err != nil {
		return nil, fault(pos.CodeUnavailable, "secret.not-saved", f.path(keyFile), err)
	}
	return id, nil
}

func (f *file) path(name string) string { return filepath.Join(f.dir, name) }

func read(name string) ([]byte, error) {
	r, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	raw, err := io.ReadAll(io.LimitReader(r, maxFile))
	if err == nil && len(raw) == 0 {
		err = errEmpty
	}
	return raw, err
}
