//go:build !windows

package sound

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"

	"kassa/pos"
)

// players are the programs systems bring along, with what makes each quiet but
// for the sound: those that speak with the sound server first.
var players = [][]string{{"pw-play"}, {"paplay"}, {"aplay", "-q"}, {"afplay"}}

// System is the Player of this computer. Close removes what it left.
type System struct {
	mu      sync.Mutex
	dir     string
	command []string // the player that worked last
}

// NewSystem makes the player; nothing is looked for until the first sound.
func NewSystem() *System { return &System{} }

// Play implements Player.
func (s *System) Play(ctx context.Context, name string, wav []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	file, err := s.keep(name, wav)
	if err != nil {
		return pos.Wrap(pos.CodeUnavailable, "sound.no-player", err)
	}
	if s.command != nil {
		if err = run(ctx, s.command, file); err == nil {
			return nil
		}
		s.command = nil
	}
	var why []error
	for _, command := range players {
		if _, err := exec.LookPath(command[0]); err != nil {
			continue
		}
		err := run(ctx, command, file)
		if err == nil {
			s.command = command
			return nil
		}
		why = append(why, err)
	}
	if why == nil {
		return pos.E(pos.CodeUnavailable, "sound.no-player", nil)
	}
	return pos.Wrap(pos.CodeUnavailable, "sound.failed", errors.Join(why...))
}

// keep puts a sound into a file, once: most players read nothing else.
func (s *System) keep(name string, wav []byte) (string, error) {
	if s.dir == "" {
		dir, err := os.MkdirTemp("", "kassa-sound-")
		if err != nil {
			return "", err
		}
		s.dir = dir
	}
	file := filepath.Join(s.dir, name+".wav")
	if _, err := os.Stat(file); err == nil {
		return file, nil
	}
	if err := os.MkdirAll(s.dir, 0o700); err != nil { // a long day: the system may have tidied up
		return "", err
	}
	return file, os.WriteFile(file, wav, 0o600)
}

func run(ctx context.Context, command []string, file string) error {
	c := exec.CommandContext(ctx, command[0], append(command[1:len(command):len(command)], file)...)
	out, err := c.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s: %w: %s", command[0], err, strings.TrimSpace(string(out)))
	}
	return nil
}

// Close removes the files.
func (s *System) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.dir == "" {
		return nil
	}
	dir := s.dir
	s.dir = ""
	return os.RemoveAll(dir)
}
