package storage

import (
	"bufio"
	"os"
	"strings"
	"syscall"
)

// Magic numbers of statfs(2) for file systems on the far side of a network.
var networkMagic = map[uint32]string{
	0x6969:     "nfs",
	0xFF534D42: "cifs",
	0xFE534D42: "smb2",
	0x517B:     "smb",
	0x564C:     "ncp",
	0x5346414F: "afs",
	0x00C36400: "ceph",
	0x0BD00BD0: "lustre",
	0x73757245: "coda",
}

const fuseMagic = 0x65735546

// localFuse are file systems served by a program of this machine from a disk
// of this machine.
var localFuse = map[string]bool{"fuseblk": true, "fuse.ntfs-3g": true, "fuse.exfat": true, "fuse.ntfs": true,
	"fuse.encfs": true, "fuse.gocryptfs": true, "fuse.cryfs": true, "fuse.fuse-overlayfs": true, "fuse.bindfs": true}

// networkKind names the network file system dir lies on, "" for a local one.
func networkKind(dir string) (string, error) {
	var st syscall.Statfs_t
	if err := syscall.Statfs(dir, &st); err != nil {
		return "", err
	}
	magic := uint32(st.Type)
	if kind, ok := networkMagic[magic]; ok {
		return kind, nil
	}
	if magic != fuseMagic {
		return "", nil
	}
	f, err := os.Open("/proc/self/mounts")
	if err != nil {
		return "", nil // no table of mounts: nothing more can be asked
	}
	defer f.Close()
	kind, best := "", -1
	for s := bufio.NewScanner(f); s.Scan(); {
		fields := strings.Fields(s.Text())
		if len(fields) < 3 {
			continue
		}
		mount := unescapeMount(fields[1])
		if len(mount) > best && (dir == mount || mount == "/" || strings.HasPrefix(dir, mount+"/")) {
			kind, best = fields[2], len(mount)
		}
	}
	if strings.HasPrefix(kind, "fuse") && !localFuse[kind] {
		return kind, nil
	}
	return "", nil
}

var mountEscapes = strings.NewReplacer(`\040`, " ", `\011`, "\t", `\012`, "\n", `\134`, `\`)

func unescapeMount(s string) string { return mountEscapes.Replace(s) }
