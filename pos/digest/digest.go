// Package digest makes canonical SHA-256 digests of records: each field is
// written with its length, so that two different records never read alike.
package digest

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"time"
)

// Digest collects fields. Methods return the digest so that calls chain.
type Digest struct {
	h   hash.Hash
	buf [8]byte
}

// New starts a digest under a label that names the kind and version of record.
func New(label string) *Digest {
	d := &Digest{h: sha256.New()}
	return d.Text(label)
}

// Text adds a string.
func (d *Digest) Text(s string) *Digest {
	d.Int(int64(len(s)))
	d.h.Write([]byte(s))
	return d
}

// Int adds an integer.
func (d *Digest) Int(n int64) *Digest {
	binary.BigEndian.PutUint64(d.buf[:], uint64(n))
	d.h.Write(d.buf[:])
	return d
}

// Bool adds a flag.
func (d *Digest) Bool(b bool) *Digest {
	if b {
		return d.Int(1)
	}
	return d.Int(0)
}

// Time adds a time in Unix milliseconds, as it is stored; the zero time is its
// own value.
func (d *Digest) Time(t time.Time) *Digest {
	if t.IsZero() {
		return d.Int(-1 << 63)
	}
	return d.Int(t.UnixMilli())
}

// Hex ends the digest.
func (d *Digest) Hex() string { return hex.EncodeToString(d.h.Sum(nil)) }
