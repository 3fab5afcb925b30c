package storage

import (
	"path/filepath"
	"strings"

	"golang.org/x/sys/windows"
)

// networkKind names the network drive dir lies on, "" for a local one.
func networkKind(dir string) (string, error) {
	volume := filepath.VolumeName(dir)
	if strings.HasPrefix(volume, `\\`) && !strings.HasPrefix(volume, `\\?\`) && !strings.HasPrefix(volume, `\\.\`) {
		return volume, nil
	}
	root, err := windows.UTF16PtrFromString(volume + `\`)
	if err != nil {
		return "", err
	}
	if windows.GetDriveType(root) == windows.DRIVE_REMOTE {
		return volume, nil
	}
	return "", nil
}
