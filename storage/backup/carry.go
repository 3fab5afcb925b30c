// This file lets a copy under a passphrase carry the shop's own keys, so that the
// copy and the passphrase alone bring a shop to another computer, PINs included.
// They follow the database within the seal: a program that does not know of them
// reads the database as ever.
package backup

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"os"

	"kassa/pos"
	"kassa/pos/hidden"
	"kassa/storage"
)

// keysEnd ends what a copy carries, after its length in eight bytes.
const keysEnd = "KASSA KEYS 1\n"

// maxKeys bounds what a copy carries; more is not ours.
const maxKeys = 1 << 20

// pack makes of the keys what follows the database; nil for none.
func pack(keys map[string]hidden.Text) ([]byte, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	open := map[string]string{}
	for name, v := range keys {
		open[name] = v.Reveal()
	}
	text, err := json.Marshal(open)
	if err != nil {
		return nil, pos.Wrap(pos.CodeInternal, "till.internal", err)
	}
	return append(binary.BigEndian.AppendUint64(text, uint64(len(text))), keysEnd...), nil
}

// carried is what follows the database; a copy that is not sealed carries
// nothing.
func (s *seal) carried() []byte {
	if s == nil {
		return nil
	}
	return s.keys
}

// unsealed is Unseal for a restore: what the copy carries is taken off the
// database and told.
func unsealed(ctx context.Context, from, to string, key Opener) (map[string]hidden.Text, error) {
	sealed, err := Sealed(from)
	if err != nil {
		return nil, err
	}
	if err := Unseal(ctx, from, to, key); err != nil {
		return nil, err
	}
	if !sealed {
		return nil, withLog(ctx, from, to)
	}
	keys, err := unpack(to)
	if err != nil {
		return nil, errors.Join(Blame(err, from), os.Remove(to))
	}
	return keys, nil
}

// unpack cuts what follows the database off a file and reads it.
func unpack(path string) (map[string]hidden.Text, error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, storage.FileError(err, path)
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return nil, storage.FileError(err, path)
	}
	const tail = int64(8 + len(keysEnd))
	if st.Size() < tail {
		return nil, nil
	}
	end := make([]byte, tail)
	if _, err := f.ReadAt(end, st.Size()-tail); err != nil {
		return nil, storage.FileError(err, path)
	}
	if string(end[8:]) != keysEnd {
		return nil, nil
	}
	size := int64(binary.BigEndian.Uint64(end))
	if size < 0 || size > maxKeys || size > st.Size()-tail {
		return nil, io.ErrUnexpectedEOF
	}
	text := make([]byte, size)
	begin := st.Size() - tail - size
	if _, err := f.ReadAt(text, begin); err != nil {
		return nil, storage.FileError(err, path)
	}
	open := map[string]string{}
	if err := json.Unmarshal(text, &open); err != nil {
		return nil, io.ErrUnexpectedEOF // the decoder's own words may quote what it read
	}
	if err := f.Truncate(begin); err != nil {
		return nil, storage.FileError(err, path)
	}
	keys := map[string]hidden.Text{}
	for name, v := range open {
		keys[name] = hidden.New(v)
	}
	return keys, storage.FileError(f.Sync(), path)
}
