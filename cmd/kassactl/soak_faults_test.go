package main

// mishap is an accident of the day, from its happening to the way out of it.
type mishap struct {
	name string
	do   func(*day)
}

var mishaps = []mishap{{"none", func(*day) {}}}
