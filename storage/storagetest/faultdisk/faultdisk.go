//go:build linux && (amd64 || arm64)

// Package faultdisk is a disk that breaks when a test says so: a layer between
// SQLite and its file system that lets the k-th write, sync or truncate fail,
// once or for ever, and knows what of it all a power cut would leave. It is for
// tests alone.
package faultdisk

// This file is the layer and its failures; cache.go is what the disk keeps.

import (
	"sync"
	"sync/atomic"
	"unsafe"

	"modernc.org/libc"
	lib "modernc.org/sqlite/lib"
)

// Name is the layer's name for sqlite.Params.VFS.
const Name = "kassa-faultdisk"

// The countdown is one for the process, as the registry of layers is: tests
// that use it do not run in parallel.
var (
	left    atomic.Int64 // operations until one fails; below zero: unarmed
	forever atomic.Bool
	syncs   atomic.Bool // only syncs are counted and fail
	dies    atomic.Bool // once one has failed, everything does
	seen    atomic.Int64

	underlying uintptr // the default layer

	mu     sync.Mutex
	tables = map[uintptr]uintptr{} // breaking method table by the original's address
)

// methods is a breaking method table. Databases and journals have different
// originals, so each remembers its own.
type methods struct {
	lib.Tsqlite3_io_methods
	original uintptr
}

// FailAt lets the n-th operation from now fail (1 is the next), and every one
// after it when always is set.
func FailAt(n int64, always bool) { arm(n, always, false, false) }

// FailSyncAt is FailAt for syncs alone: everything is written, and the system
// answers for it.
func FailSyncAt(n int64, always bool) { arm(n, always, true, false) }

// DieAtSync lets the n-th sync from now fail, and everything after it.
func DieAtSync(n int64) { arm(n, true, true, true) }

func arm(n int64, always, onlySyncs, last bool) {
	forever.Store(always)
	syncs.Store(onlySyncs)
	dies.Store(last)
	seen.Store(0)
	left.Store(n)
}

// Heal lets nothing fail any more and returns how many operations there were
// since FailAt.
func Heal() int64 {
	left.Store(0)
	forever.Store(false)
	dies.Store(false)
	return seen.Load()
}

// fails counts one operation.
func fails(isSync bool) bool {
	if syncs.Load() && !isSync {
		return dies.Load() && left.Load() <= 0
	}
	seen.Add(1)
	n := left.Add(-1)
	return n == 0 || (n < 0 && forever.Load())
}

// at reads memory that is not Go's.
func at(p uintptr) unsafe.Pointer { return *(*unsafe.Pointer)(unsafe.Pointer(&p)) }

// pointer is how the engine holds a function.
func pointer[F any](f F) uintptr { return *(*uintptr)(unsafe.Pointer(&f)) }

// function turns it back.
func function[F any](p uintptr) F { return *(*F)(unsafe.Pointer(&p)) }

func open(tls *libc.TLS, _, name, file uintptr, flags int32, out uintptr) int32 {
	path := track(name)
	type opener = func(*libc.TLS, uintptr, uintptr, uintptr, int32, uintptr) int32
	rc := function[opener]((*lib.Tsqlite3_vfs)(at(underlying)).FxOpen)(tls, underlying, name, file, flags, out)
	f := (*lib.Tsqlite3_file)(at(file))
	if rc != lib.SQLITE_OK || f.FpMethods == 0 {
		return rc
	}
	f.FpMethods = breaking(tls, f.FpMethods)
	opened(file, path)
	return rc
}

func breaking(tls *libc.TLS, original uintptr) uintptr {
	mu.Lock()
	defer mu.Unlock()
	if t, ok := tables[original]; ok {
		return t
	}
	mem := libc.Xmalloc(tls, libc.Tsize_t(unsafe.Sizeof(methods{})))
	m := (*methods)(at(mem))
	m.Tsqlite3_io_methods = *(*lib.Tsqlite3_io_methods)(at(original))
	m.FxWrite, m.FxSync, m.FxTruncate = pointer(write), pointer(syncFile), pointer(truncate)
	m.original = original
	tables[original] = mem
	return mem
}

// below is the method table a file would have without us.
func below(file uintptr) *lib.Tsqlite3_io_methods {
	m := (*methods)(at((*lib.Tsqlite3_file)(at(file)).FpMethods))
	return (*lib.Tsqlite3_io_methods)(at(m.original))
}

func write(tls *libc.TLS, file, buf uintptr, n int32, offset int64) int32 {
	if fails(false) {
		return lib.SQLITE_IOERR_WRITE
	}
	rc := function[func(*libc.TLS, uintptr, uintptr, int32, int64) int32](below(file).FxWrite)(tls, file, buf, n, offset)
	if rc == lib.SQLITE_OK {
		of(file).write(unsafe.Slice((*byte)(at(buf)), n), offset)
	}
	return rc
}

func syncFile(tls *libc.TLS, file uintptr, flags int32) int32 {
	if fails(true) {
		of(file).lose()
		return lib.SQLITE_IOERR_FSYNC
	}
	of(file).keep()
	return function[func(*libc.TLS, uintptr, int32) int32](below(file).FxSync)(tls, file, flags)
}

func truncate(tls *libc.TLS, file uintptr, size int64) int32 {
	if fails(false) {
		return lib.SQLITE_IOERR_TRUNCATE
	}
	of(file).truncate(size)
	return function[func(*libc.TLS, uintptr, int64) int32](below(file).FxTruncate)(tls, file, size)
}

func remove(tls *libc.TLS, _, name uintptr, dirSync int32) int32 {
	rc := function[func(*libc.TLS, uintptr, uintptr, int32) int32]((*lib.Tsqlite3_vfs)(at(underlying)).FxDelete)(tls, underlying, name, dirSync)
	if rc == lib.SQLITE_OK {
		forget(libc.GoString(name))
	}
	return rc
}

func init() {
	tls := libc.NewTLS()
	underlying = lib.Xsqlite3_vfs_find(tls, 0)
	if underlying == 0 {
		panic("faultdisk: the engine has no file system layer")
	}
	mem := libc.Xmalloc(tls, libc.Tsize_t(unsafe.Sizeof(lib.Tsqlite3_vfs{})))
	v := (*lib.Tsqlite3_vfs)(at(mem))
	*v = *(*lib.Tsqlite3_vfs)(at(underlying))
	name, err := libc.CString(Name)
	if err != nil {
		panic(err)
	}
	v.FzName, v.FpNext, v.FxOpen, v.FxDelete = name, 0, pointer(open), pointer(remove)
	if rc := lib.Xsqlite3_vfs_register(tls, mem, 0); rc != lib.SQLITE_OK {
		panic("faultdisk: not registered")
	}
}
