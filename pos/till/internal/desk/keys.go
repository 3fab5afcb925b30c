package desk

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"

	"kassa/pos"
	"kassa/pos/seal"
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
	if err := o.sealAnew(); err != nil {
		return err
	}
	for _, fn := range o.d.newKeys {
		if err := fn(o); err != nil {
			return err
		}
	}
	return o.markKeys()
}

// sealAnew seals every record under the till's secret where the seals were made
// under another one: before anything else, since a record whose seal is broken is
// not written over.
func (o *Op) sealAnew() error {
	stand, err := o.Seals(true, func(*seal.Record) error { return nil })
	if err != nil || !stand.Foreign {
		return err
	}
	n, err := o.SealAnew()
	if err != nil {
		return err
	}
	return o.Note(pos.EventSealsRenewed, "", map[string]string{"records": strconv.FormatInt(n, 10), "why": "new keys"})
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

// OnCodes has fn asked whether the settings that decide about customers' codes are
// those decided at the till; its error refuses what a code guards. It is called
// while the till is put together.
func (d *Desk) OnCodes(fn func(*Op) error) { d.outside = fn }

// CodesDecided refuses what a customer's code guards while config.toml, edited past
// the till, says otherwise about codes than was decided at it: they would be
// switched off, or brought to somebody else.
func (o *Op) CodesDecided() error {
	if o.d.outside == nil {
		return nil
	}
	return o.d.outside(o)
}
