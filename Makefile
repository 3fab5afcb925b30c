# The two commands a newcomer needs are `make run` and `make test`; each does
# all its own set-up on Debian and Ubuntu.

# Without this tag Fyne keeps its old locking and warns. Every target compiles
# with the same flags, since each other set (-trimpath among them) compiles the
# window's toolkit anew, for minutes.
GUI  := -tags migrated_fynedo
# The folders that hold the program, whatever is added to them.
CODE := $(filter-out build tools,$(shell find * -name '*.go' | cut -d/ -f1 | sort -u))
WIN  := ./ui/... ./cmd/storybook/... ./cmd/bench/...
# The two programs: their tests build and start them, which the cache of test
# results does not see, so they are always run anew.
DOOR := ./cmd/kassactl/...
TILL := ./cmd/kassa
# Everything else needs no window, is pure Go and is built and tested as such.
PURE := $(filter-out ./ui/... ./cmd/...,$(CODE:%=./%/...)) \
	$(filter-out $(WIN) $(DOOR) $(TILL)/...,$(patsubst %/,./%/...,$(wildcard cmd/*/)))
# The race detector needs cgo and slows SQLite tenfold, so it watches the
# packages that start goroutines over plain memory.
RACE := $(filter-out ./storage/... ./backend/... ./assets/... ./cmd/%,$(PURE)) ./backend/client/...
# Says how long a part took.
PART := @scripts/part.sh

# The import table asks `go list`, which the cache of test results does not see.
HOUSE := env CGO_ENABLED=0 go test -count=1 ./cmd/

# One place says which version this is.
VERSION := $(shell sed -n 's/^ *Version = "\(.*\)"/\1/p' FyneApp.toml)
LINK    := -s -w -X main.version=$(VERSION)

.PHONY: run demo test check bench soak shots screens build package fmt clean

run: build/kassa build/kassactl ## open the demo shop; with no display, play it and keep its pictures
	@scripts/run.sh

demo: build/kassa build/kassactl build/demoplay ## play the demo sale by real key presses on a virtual display
	@scripts/setup.sh display
	@scripts/demo.sh

build: build/kassa build/kassactl build/kassa-backend

build/kassa: FORCE
	@scripts/setup.sh build
	go build $(GUI) -ldflags="$(LINK)" -o $@ ./cmd/kassa

build/kassactl: FORCE
	CGO_ENABLED=0 go build -ldflags="$(LINK)" -o $@ ./cmd/kassactl

build/kassa-backend: FORCE
	CGO_ENABLED=0 go build -ldflags="$(LINK)" -o $@ ./cmd/kassa-backend

build/demoplay: FORCE
	CGO_ENABLED=0 go build -o $@ ./cmd/internal/demoplay

test: ## every test, the one in the real window included
	@scripts/setup.sh test
	$(PART) "test what needs no window" env CGO_ENABLED=0 go test -timeout 10m $(PURE)
	$(PART) "test the headless door" env CGO_ENABLED=0 go test -timeout 10m -count=1 $(DOOR)
	$(PART) "import table" $(HOUSE)
	$(PART) "test the screens" go test $(GUI) -timeout 30m $(WIN)
	$(PART) "test the till in its window" go test $(GUI) -timeout 30m -count=1 $(TILL)

check: ## format, vet, static analysis, race detector, import table
	@scripts/setup.sh test
	$(PART) "format" scripts/unformatted.sh $(CODE)
	$(PART) "vet what needs no window" env CGO_ENABLED=0 go vet $(PURE) $(DOOR) ./cmd/
	$(PART) "vet the screens" go vet $(GUI) $(WIN) $(TILL)
	@go -C tools build -o ../build/staticcheck honnef.co/go/tools/cmd/staticcheck
	$(PART) "static analysis" build/staticcheck $(GUI) ./...
	$(PART) "race detector" go test -race -short -timeout 30m $(RACE)
	$(PART) "import table" $(HOUSE)

bench: build/kassa ## the promised ratios, each beside what it stands on, measured in one run
	@scripts/setup.sh bench
	go build $(GUI) -o build/bench ./cmd/bench
	xvfb-run -a -s "-screen 0 1366x768x24" env LIBGL_ALWAYS_SOFTWARE=1 build/bench

soak: build/kassa ## the long runs: kills at exact system calls, days of faults, fuzzing, many seeds, a day of sales in the window
	@scripts/setup.sh soak
	KASSA_SOAK=1 CGO_ENABLED=0 go test -timeout 60m -run 'Crash|Soak|Kill' ./cmd/kassactl/... ./storage/... ./backend/...
	scripts/fuzz.sh 30s
	@scripts/setup.sh display
	go build $(GUI) -o build/bench ./cmd/bench
	build/bench -only day -long

shots: ## every screen as a picture in build/shots
	@scripts/setup.sh display
	go run $(GUI) ./cmd/storybook -out build/shots

screens: ## the README's pictures, made by the program itself
	@scripts/setup.sh display
	go run $(GUI) ./cmd/storybook -out build/readme -only sale,payment-short,code,settings-sms-balance -size 1366x768 -theme light -lang ru
	cd build/readme/1366x768-light-ru && cp sale.png code.png ../../../assets/screens/ && \
		cp payment-short.png ../../../assets/screens/payment.png && cp settings-sms-balance.png ../../../assets/screens/settings.png

package: build/kassa build/kassactl ## a Debian package and a Windows program, in build/package
	@scripts/setup.sh package
	go -C tools build -o ../build/nfpm github.com/goreleaser/nfpm/v2/cmd/nfpm
	KASSA_VERSION=$(VERSION) scripts/package.sh deb
	KASSA_VERSION=$(VERSION) scripts/package.sh windows

fmt:
	gofmt -w $(CODE)

clean:
	rm -rf build

FORCE:
