//go:build linux && (amd64 || arm64)

package killat

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// counted are the calls that leave something behind, by what is said of them.
var counted = map[uint64]string{
	unix.SYS_WRITE: "write", unix.SYS_PWRITE64: "pwrite64", unix.SYS_WRITEV: "writev", unix.SYS_SENDTO: "sendto",
	unix.SYS_FSYNC: "fsync", unix.SYS_FDATASYNC: "fdatasync", unix.SYS_FTRUNCATE: "ftruncate",
	unix.SYS_RENAMEAT: "renameat", unix.SYS_RENAMEAT2: "renameat2", unix.SYS_UNLINKAT: "unlinkat",
}

func init() { maps.Copy(counted, older) }

// byPath are those among them whose first word is no file that is open.
func byPath(call string) bool {
	return strings.HasPrefix(call, "rename") || strings.HasPrefix(call, "unlink")
}

// stopCall marks a stop at a system call from one by a signal.
const stopCall = syscall.SIGTRAP | 0x80

// asked is PTRACE_GET_SYSCALL_INFO; entering is what it says of a call that begins.
const (
	asked    = 0x420e
	entering = 1
)

// callInfo is struct ptrace_syscall_info as far as it is read here.
type callInfo struct {
	op     uint8
	_      [3]byte
	arch   uint32
	ip, sp uint64
	nr     uint64
	args   [6]uint64
}

// trace runs a program on this terminal's files until it ends.
func trace(at int, command []string) (end End, err error) {
	runtime.LockOSThread() // who traces a thread is a thread
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, syscall.SIGTERM, os.Interrupt)
	p, err := os.StartProcess(command[0], command, &os.ProcAttr{Env: os.Environ(), Files: []*os.File{os.Stdin, os.Stdout, os.Stderr},
		Sys: &syscall.SysProcAttr{Ptrace: true, Pdeathsig: syscall.SIGKILL}})
	if err != nil {
		return end, err
	}
	var ws unix.WaitStatus
	if _, err := unix.Wait4(p.Pid, &ws, unix.WALL, nil); err != nil {
		return end, err
	}
	const options = unix.PTRACE_O_TRACESYSGOOD | unix.PTRACE_O_TRACECLONE | unix.PTRACE_O_TRACEFORK | unix.PTRACE_O_TRACEVFORK |
		unix.PTRACE_O_TRACEEXEC | unix.PTRACE_O_EXITKILL
	if err := errors.Join(unix.PtraceSetOptions(p.Pid, options), unix.PtraceSyscall(p.Pid, 0)); err != nil {
		return end, err
	}
	go func() {
		for s := range signals {
			_ = unix.Kill(p.Pid, s.(syscall.Signal))
		}
	}()
	t := tracing{at: at, main: p.Pid}
	for !t.over {
		if err := t.step(); err != nil {
			return t.End, err
		}
	}
	return t.End, nil
}

type tracing struct {
	End
	at, main int
	over     bool
}

// step waits for the next stop of any thread and lets it go on.
func (t *tracing) step() error {
	var ws unix.WaitStatus
	tid, err := unix.Wait4(-1, &ws, unix.WALL, nil)
	switch {
	case errors.Is(err, unix.EINTR):
		return nil
	case err != nil:
		return fmt.Errorf("wait4: %w", err)
	case ws.Exited() || ws.Signaled():
		if t.over = tid == t.main; t.over {
			t.Code = ws.ExitStatus()
			if ws.Signaled() {
				t.Code = 128 + int(ws.Signal())
			}
		}
		return nil
	case !ws.Stopped():
		return nil
	}
	pass := 0 // the signal that is handed on
	switch sig := ws.StopSignal(); sig {
	case stopCall:
		t.count(tid)
	case syscall.SIGTRAP, syscall.SIGSTOP: // of the tracing itself: a thread that began
	default:
		pass = int(sig)
	}
	if err := unix.PtraceSyscall(tid, pass); err != nil && !errors.Is(err, unix.ESRCH) {
		return fmt.Errorf("ptrace: %w", err)
	}
	return nil
}

// count looks at a call that begins, and kills at the one that was asked for, before it
// does anything.
func (t *tracing) count(tid int) {
	var info callInfo
	_, _, errno := unix.Syscall6(unix.SYS_PTRACE, asked, uintptr(tid), unsafe.Sizeof(info), uintptr(unsafe.Pointer(&info)), 0, 0)
	if errno != 0 || info.op != entering || t.Killed {
		return
	}
	call, known := counted[info.nr]
	if !known {
		return
	}
	on := ""
	if !byPath(call) {
		on, _ = os.Readlink(fmt.Sprintf("/proc/%d/fd/%d", tid, info.args[0]))
		if strings.HasPrefix(on, "anon_inode:") || on == "/dev/null" {
			return // how the runtime wakes itself
		}
	}
	if t.Calls++; t.Calls == t.at {
		t.Killed, t.Call, t.On = true, call, on
		_ = unix.Kill(t.main, unix.SIGKILL)
	}
}
