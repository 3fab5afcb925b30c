package logs

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// mostRead bounds what is read of one file: a little more than a log grows to.
const mostRead = 2 * maxMegabytes << 20

// Tail returns the last n lines of the log in dir, oldest first: those of the
// log in use and, where it is short, of the ones turned before it. A folder
// without a log has none.
func Tail(dir string, n int) ([]string, error) {
	lines, err := linesOf(filepath.Join(dir, FileName))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if len(lines) < n {
		older, err := turned(dir)
		if err != nil {
			return nil, err
		}
		for _, name := range older {
			before, err := linesOf(name)
			if err != nil {
				break // cut short by a power cut, or just thrown away: what is newer is at hand
			}
			if lines = append(before, lines...); len(lines) >= n {
				break
			}
		}
	}
	return lines[max(0, len(lines)-n):], nil
}

// turned are the logs not written to any more, newest first.
func turned(dir string) ([]string, error) {
	stem := strings.TrimSuffix(FileName, ".log")
	names, err := filepath.Glob(filepath.Join(dir, stem+"-*.log*"))
	if err != nil {
		return nil, err
	}
	// Their names hold the time they were turned at.
	slices.SortFunc(names, func(a, b string) int { return cmp.Compare(b, a) })
	return names, nil
}

func linesOf(name string) ([]string, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(name, ".gz") {
		z, err := gzip.NewReader(f)
		if err != nil {
			return nil, err
		}
		defer z.Close()
		r = z
	}
	raw, err := io.ReadAll(io.LimitReader(bufio.NewReader(r), mostRead))
	if err != nil {
		return nil, err
	}
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 {
		return nil, nil
	}
	return strings.Split(string(raw), "\n"), nil
}
