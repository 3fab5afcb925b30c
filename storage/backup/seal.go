package backup

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"
	"strings"

	"filippo.io/age"

	"kassa/pos"
	"kassa/pos/hidden"
)

// SealedSuffix ends the name of a copy that only a passphrase or a key opens.
const SealedSuffix = ".age"

// MinPassphrase is the fewest signs a passphrase may have. A stolen stick can be
// tried for years, so it is longer than any PIN.
const MinPassphrase = 12

// workFactor is the cost of trying one passphrase: 2^16 rounds over 64 MiB. The
// usual 2^18 would want a quarter of a gigabyte from the computer of a till.
const workFactor = 16

// maxWorkFactor is what a foreign file may ask of us: 1 GiB.
const maxWorkFactor = 20

// seal writes what is put into it so that a key is needed to read it.
type seal struct {
	to    age.Recipient
	check age.Identity // opens what was just sealed, to read it back
	also  []age.Recipient
	keys  []byte // follows the database within the seal; nil for nothing
}

// Key says how copies are sealed.
type Key struct {
	Seal       pos.CopySeal
	Passphrase hidden.Text // for SealPassphrase
	Recipient  string      // for SealRecipient
	// Carried are the shop's own keys, by name, which travel in the copy. Only a
	// copy under a passphrase takes them.
	Carried map[string]hidden.Text
	// Work is the cost of a passphrase as a power of two; 0 is the usual one.
	Work int
}

// CheckPassphrase tells why a passphrase cannot be used, as CodeInvalid.
func CheckPassphrase(p hidden.Text) error {
	if len([]rune(strings.TrimSpace(p.Reveal()))) < MinPassphrase {
		return pos.E(pos.CodeInvalid, "backup.passphrase-short", pos.Args{"Min": MinPassphrase})
	}
	return nil
}

// CheckRecipient tells why a public key cannot be used, as CodeInvalid.
func CheckRecipient(text string) error {
	if _, err := age.ParseX25519Recipient(strings.TrimSpace(text)); err != nil {
		return pos.E(pos.CodeInvalid, "backup.recipient-bad", nil)
	}
	return nil
}

// newSeal prepares a key. It returns nil for copies that are not sealed, and
// CodeUnavailable "backup.passphrase-missing" or CodeInvalid where the key is of
// no use.
func newSeal(k Key) (*seal, error) {
	switch k.Seal {
	case pos.SealPassphrase:
		if k.Passphrase.Empty() {
			return nil, pos.E(pos.CodeUnavailable, "backup.passphrase-missing", nil)
		}
		to, err := age.NewScryptRecipient(k.Passphrase.Reveal())
		if err != nil {
			return nil, pos.Wrap(pos.CodeInternal, "till.internal", err)
		}
		check, err := age.NewScryptIdentity(k.Passphrase.Reveal())
		if err != nil {
			return nil, pos.Wrap(pos.CodeInternal, "till.internal", err)
		}
		to.SetWorkFactor(workFactor)
		if k.Work > 0 {
			to.SetWorkFactor(k.Work)
		}
		keys, err := pack(k.Carried)
		return &seal{to: to, check: check, keys: keys}, err
	case pos.SealRecipient:
		to, err := age.ParseX25519Recipient(strings.TrimSpace(k.Recipient))
		if err != nil {
			return nil, pos.E(pos.CodeInvalid, "backup.recipient-bad", nil)
		}
		// The key that opens the copy is not here. To read the copy back, it is
		// sealed for a second key too, which lives in memory until that is done.
		once, err := age.GenerateX25519Identity()
		if err != nil {
			return nil, pos.Wrap(pos.CodeInternal, "till.internal", err)
		}
		return &seal{to: to, check: once, also: []age.Recipient{once.Recipient()}}, nil
	}
	return nil, nil
}

// write seals what r holds into w.
func (s *seal) write(w io.Writer, r io.Reader) error {
	in, err := age.Encrypt(w, append([]age.Recipient{s.to}, s.also...)...)
	if err != nil {
		return err
	}
	if _, err := io.Copy(in, io.MultiReader(r, bytes.NewReader(s.keys))); err != nil {
		return err
	}
	return in.Close()
}

// Opener is what opens a sealed copy: its passphrase, or the secret key that
// begins with AGE-SECRET-KEY-1.
type Opener = hidden.Text

// sealedMark begins every sealed file.
const sealedMark = "age-encryption.org/"

// Sealed reports whether a file is sealed, by what is in it.
func Sealed(path string) (bool, error) {
	f, err := os.Open(path)
	if err != nil {
		return false, missing(path, err)
	}
	defer f.Close()
	begin := make([]byte, len(sealedMark))
	n, err := io.ReadFull(f, begin)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return false, missing(path, err)
	}
	return bytes.Equal(begin[:n], []byte(sealedMark)), nil
}

// open reads a sealed file. A wrong key is CodeInvalid "backup.wrong-key", a
// missing one CodeInvalid "backup.sealed".
func open(r io.Reader, path string, key Opener) (io.Reader, error) {
	ids, err := identities(key)
	if err != nil {
		return nil, err
	}
	if len(ids) == 0 {
		return nil, pos.E(pos.CodeInvalid, "backup.sealed", pos.Args{"Path": path})
	}
	plain, err := age.Decrypt(bufio.NewReader(r), ids...)
	if err != nil {
		var none *age.NoIdentityMatchError
		if errors.As(err, &none) {
			return nil, pos.E(pos.CodeInvalid, "backup.wrong-key", pos.Args{"Path": path})
		}
		return nil, &pos.Error{Code: pos.CodeUnavailable, ID: "backup.damaged", Args: pos.Args{"Path": path}, Err: err}
	}
	return plain, nil
}

func identities(key Opener) ([]age.Identity, error) {
	text := strings.TrimSpace(key.Reveal())
	if text == "" {
		return nil, nil
	}
	if strings.HasPrefix(strings.ToUpper(text), "AGE-SECRET-KEY-1") {
		id, err := age.ParseX25519Identity(strings.ToUpper(text))
		if err != nil {
			return nil, pos.E(pos.CodeInvalid, "backup.key-bad", nil)
		}
		return []age.Identity{id}, nil
	}
	id, err := age.NewScryptIdentity(key.Reveal())
	if err != nil {
		return nil, pos.Wrap(pos.CodeInternal, "till.internal", err)
	}
	id.SetMaxWorkFactor(maxWorkFactor)
	return []age.Identity{id}, nil
}

// decrypt opens what was sealed a moment ago.
func decrypt(r io.Reader, id age.Identity) (io.Reader, error) {
	return age.Decrypt(bufio.NewReader(r), id)
}
