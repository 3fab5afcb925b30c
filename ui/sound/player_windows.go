package sound

import (
	"context"
	"runtime"
	"unsafe"

	"golang.org/x/sys/windows"

	"kassa/pos"
)

// playSound is the system's own player.
var playSound = windows.NewLazySystemDLL("winmm.dll").NewProc("PlaySoundW")

// Flags of PlaySound.
const (
	sndNoDefault = 0x0002 // silence rather than the system's own chime
	sndMemory    = 0x0004
)

// System is the Player of this computer.
type System struct{}

// NewSystem makes the player.
func NewSystem() *System { return &System{} }

// Play implements Player. Windows reads the sound where it lies in memory.
func (*System) Play(_ context.Context, _ string, wav []byte) error {
	if err := playSound.Find(); err != nil {
		return pos.Wrap(pos.CodeUnavailable, "sound.no-player", err)
	}
	ok, _, err := playSound.Call(uintptr(unsafe.Pointer(&wav[0])), 0, sndMemory|sndNoDefault)
	runtime.KeepAlive(wav)
	if ok == 0 {
		return pos.Wrap(pos.CodeUnavailable, "sound.failed", err)
	}
	return nil
}

// Close does nothing: there is nothing left behind.
func (*System) Close() error { return nil }
