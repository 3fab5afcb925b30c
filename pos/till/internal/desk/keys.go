package desk

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// MetaKeys names in the store's meta by what the secret behind PINs, codes and
// seals is known: a salt and an HMAC over it. It gives nothing of the secret away
// and tells at the start whether the keys of a computer belong to its data.
const MetaKeys = "keys.check"

// keysMark is what the secret makes of a salt.
func keysMark(pepper []byte, salt string) string {
	mac := hmac.New(sha256.New, pepper)
	mac.Write([]byte("kassa keys " + salt))
	return salt + ":" + hex.EncodeToString(mac.Sum(nil))
}

// FitsKeys reports whether data that holds such a mark was kept under the
// secret. Data without one ("") was made before marks were: nothing can be said of
// it, and it fits.
func FitsKeys(pepper []byte, mark string) bool {
	salt, _, _ := strings.Cut(mark, ":")
	return mark == "" || hmac.Equal([]byte(mark), []byte(keysMark(pepper, salt)))
}

// OnNewKeys has fn called in every operation that puts another secret behind the
// data, in the order of the rooms: what was made under the old one is void there,
// or is made anew. It is called while the till is put together.
func (d *Desk) OnNewKeys(fn func(*Op) error) { d.newKeys = append(d.newKeys, fn) }

// NewKeys puts the till's secret behind data that stood under another one or
// under none: every room does what OnNewKeys asked for, and the data is marked.
func (o *Op) NewKeys() error {
	for _, fn := range o.d.newKeys {
		if err := fn(o); err != nil {
			return err
		}
	}
	return o.markKeys()
}

// ProveKeys marks data that has no mark yet. Call it only where something kept
// under the secret was just found right.
func (o *Op) ProveKeys() error {
	mark, err := o.Meta(MetaKeys)
	if err != nil || mark != "" {
		return err
	}
	return o.markKeys()
}

func (o *Op) markKeys() error {
	salt := make([]byte, 16)
	_, _ = rand.Read(salt) // never fails
	return o.PutMeta(MetaKeys, keysMark(o.d.Pepper, hex.EncodeToString(salt)))
}
