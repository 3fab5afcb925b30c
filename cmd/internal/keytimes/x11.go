package keytimes

// This file speaks the little of the X11 protocol that is needed: the greeting, a
// window, a property, and the wish to hear of keys.

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Numbers of the protocol.
const (
	keyPress       = 2
	propertyNotify = 28

	opCreateWindow     = 1
	opChangeAttributes = 2
	opChangeProperty   = 18

	keyPressMask       = 1 << 0
	propertyChangeMask = 1 << 22
	eventMask          = 1 << 11 // which attribute of a window

	atomName   = 39 // WM_NAME
	atomString = 31
	appending  = 2
	inputOnly  = 2
)

// errNoServer says that the display is no X server of this computer.
var errNoServer = errors.New("keytimes: no X server on this computer")

// number is the number of a local display: 12 of ":12.0".
func number(display string) (int, error) {
	host, rest, found := strings.Cut(display, ":")
	if !found || host != "" && host != "unix" {
		return 0, errNoServer
	}
	n, err := strconv.Atoi(strings.SplitN(rest, ".", 2)[0])
	if err != nil || n < 0 {
		return 0, errNoServer
	}
	return n, nil
}

func dial(display string) (net.Conn, error) {
	n, err := number(display)
	if err != nil {
		return nil, err
	}
	path := fmt.Sprintf("/tmp/.X11-unix/X%d", n)
	conn, err := net.Dial("unix", path)
	if err != nil {
		conn, err = net.Dial("unix", "@"+path) // where the folder is not shared
	}
	if err != nil {
		return nil, fmt.Errorf("keytimes: %w", err)
	}
	return conn, nil
}

const cookieName = "MIT-MAGIC-COOKIE-1"

// cookie is what the server knows the person's programs by; nil when there is none.
func cookie(display string) []byte {
	n, err := number(display)
	if err != nil {
		return nil
	}
	path := os.Getenv("XAUTHORITY")
	if path == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			return nil
		}
		path = filepath.Join(home, ".Xauthority")
	}
	file, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	return cookieIn(file, strconv.Itoa(n))
}

// Families of addresses in the file of cookies that stand for this computer.
const (
	familyLocal = 256
	familyWild  = 65535
)

// cookieIn finds the cookie of a display in a file of them.
func cookieIn(file []byte, number string) []byte {
	for len(file) > 2 {
		family := binary.BigEndian.Uint16(file)
		file = file[2:]
		var part [4][]byte // address, display, name, data
		for i := range part {
			if len(file) < 2 {
				return nil
			}
			size := int(binary.BigEndian.Uint16(file))
			if file = file[2:]; len(file) < size {
				return nil
			}
			part[i], file = file[:size], file[size:]
		}
		local := family == familyLocal || family == familyWild
		if local && (len(part[1]) == 0 || string(part[1]) == number) && string(part[2]) == cookieName {
			return part[3]
		}
	}
	return nil
}

// pad fills a text up to whole words.
func pad(b []byte) []byte {
	for len(b)%4 != 0 {
		b = append(b, 0)
	}
	return b
}

// setup greets the server. It returns the root window and a first identifier of our own.
func setup(conn io.ReadWriter, cookie []byte) (root, id uint32, err error) {
	name := ""
	if len(cookie) > 0 {
		name = cookieName
	}
	hello := []byte{'l', 0, 11, 0, 0, 0, byte(len(name)), 0, byte(len(cookie)), 0, 0, 0}
	hello = append(hello, pad([]byte(name))...)
	hello = append(hello, pad(append([]byte(nil), cookie...))...)
	if _, err := conn.Write(hello); err != nil {
		return 0, 0, err
	}
	var head [8]byte
	if _, err := io.ReadFull(conn, head[:]); err != nil {
		return 0, 0, err
	}
	body := make([]byte, 4*int(binary.LittleEndian.Uint16(head[6:])))
	if _, err := io.ReadFull(conn, body); err != nil {
		return 0, 0, err
	}
	if head[0] != 1 {
		return 0, 0, errors.New("the server does not let us in")
	}
	const fixed = 32 // what stands before the vendor's name
	if len(body) < fixed {
		return 0, 0, errors.New("the server's greeting is too short")
	}
	vendor := int(binary.LittleEndian.Uint16(body[16:]))
	screen := fixed + (vendor+3)/4*4 + 8*int(body[21])
	if len(body) < screen+4 {
		return 0, 0, errors.New("the server has no screen")
	}
	return binary.LittleEndian.Uint32(body[screen:]), binary.LittleEndian.Uint32(body[4:]), nil
}

// request is one request: its kind, a small argument, and words.
func request(op, small byte, words ...uint32) []byte {
	b := []byte{op, small, byte(len(words) + 1), 0}
	for _, w := range words {
		b = binary.LittleEndian.AppendUint32(b, w)
	}
	return b
}

func selectKeys(window uint32) []byte {
	return request(opChangeAttributes, 0, window, eventMask, keyPressMask)
}

// makeWindow makes a window of one dot that only has properties.
func makeWindow(root, id uint32) []byte {
	return request(opCreateWindow, 0, id, root, 0, 1|1<<16, inputOnly<<16, 0, eventMask, propertyChangeMask)
}

// touchProperty adds nothing to a property.
func touchProperty(window uint32) []byte {
	return request(opChangeProperty, appending, window, atomName, atomString, 8, 0)
}

func send(w io.Writer, b []byte) error {
	_, err := w.Write(b)
	return err
}
