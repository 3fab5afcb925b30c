// Package maximise makes a window as large as its screen leaves room for, where the
// window toolkit has no way to: the system's own call, by the system's own handle.
package maximise
