package secret

import (
	"bytes"
	"encoding/base64"
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

// SealKey seals short secrets that lie in a database, under a key that does not. The
// key is a file of age, so that age-keygen can make one too. It implements the
// backend's Sealer.
type SealKey struct{ id *age.X25519Identity }

// ReadSealKey reads a key. It returns CodeNotFound "secret.seal-key-none" when there
// is no such file or nothing in it, and CodeUnavailable "secret.seal-key-damaged" for one that is no
// key or cannot be read.
func ReadSealKey(path string) (*SealKey, error) {
	raw, err := read(path)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, errEmpty) { // empty: its making was cut off
		return nil, fault(pos.CodeNotFound, "secret.seal-key-none", path, fs.ErrNotExist)
	}
	if err != nil {
		return nil, fault(pos.CodeUnavailable, "secret.seal-key-damaged", path, err)
	}
	for line := range strings.Lines(string(raw)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") { // age-keygen writes remarks
			continue
		}
		if id, err := age.ParseX25519Identity(line); err == nil {
			return &SealKey{id}, nil
		}
		break
	}
	// The library's error may quote a part of the key.
	return nil, fault(pos.CodeUnavailable, "secret.seal-key-damaged", path, errors.New("not a key"))
}

// MakeSealKey makes a key in a file of mode 0600 that was not there: one that is, is
// never written over, as what it sealed would be lost. One that is empty never sealed
// anything: its making was cut off.
func MakeSealKey(path string) (*SealKey, error) {
	id, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, fault(pos.CodeUnavailable, "secret.not-saved", path, err)
	}
	if info, err := os.Lstat(path); err == nil && info.Mode().IsRegular() && info.Size() == 0 {
		if err := os.Remove(path); err != nil {
			return nil, fault(pos.CodeUnavailable, "secret.not-saved", path, err)
		}
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil, fault(pos.CodeConflict, "secret.seal-key-there", path, fs.ErrExist)
	}
	if err != nil {
		return nil, fault(pos.CodeUnavailable, "secret.not-saved", path, err)
	}
	_, err = io.WriteString(f, id.String()+"\n")
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = storage.SyncDir(filepath.Dir(path))
	}
	if err != nil {
		return nil, errors.Join(fault(pos.CodeUnavailable, "secret.not-saved", path, err), os.Remove(path))
	}
	return &SealKey{id}, nil
}

// sealMark begins what was sealed: no secret of an authenticator has a colon.
const sealMark = "sealed1:"

// Sealed reports a text that was sealed, by whichever key.
func (k *SealKey) Sealed(text string) bool { return strings.HasPrefix(text, sealMark) }

// Seal seals a secret for one place alone, such as one person's authenticator: what
// is copied from there to another one opens nothing.
func (k *SealKey) Seal(place, secret string) (string, error) {
	var sealed bytes.Buffer
	w, err := age.Encrypt(&sealed, k.id.Recipient())
	if err == nil {
		_, err = io.WriteString(w, place+"\n"+secret)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		return "", pos.Wrap(pos.CodeInternal, "till.internal", err)
	}
	return sealMark + base64.RawStdEncoding.EncodeToString(sealed.Bytes()), nil
}

// Unseal opens what was sealed for a place. It returns CodeUnavailable
// "secret.seal-foreign" for what another key sealed, what was sealed for another place
// and what was changed.
func (k *SealKey) Unseal(place, sealed string) (string, error) {
	foreign := func(err error) error { return pos.Wrap(pos.CodeUnavailable, "secret.seal-foreign", err) }
	raw, err := base64.RawStdEncoding.DecodeString(strings.TrimPrefix(sealed, sealMark))
	if err != nil || !k.Sealed(sealed) {
		return "", foreign(errors.New("not what was sealed"))
	}
	r, err := age.Decrypt(bytes.NewReader(raw), k.id)
	if err != nil {
		return "", foreign(err)
	}
	plain, err := io.ReadAll(io.LimitReader(r, MaxValue))
	if err != nil {
		return "", foreign(err)
	}
	at, secret, ok := strings.Cut(string(plain), "\n")
	if !ok || at != place {
		return "", foreign(errors.New("sealed for another place"))
	}
	return secret, nil
}
