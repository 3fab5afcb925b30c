package main

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"kassa/backend"
	"kassa/backend/api"
	"kassa/backend/pages"
	"kassa/backend/pages/offer"
	"kassa/backend/pages/people"
	"kassa/pos"
	pay "kassa/pos/manual"
)

// Limits of the server. A slow or hanging peer costs a connection and no more.
const (
	headerIn  = 10 * time.Second
	idleFor   = 2 * time.Minute
	maxHeader = 64 << 10
	finishIn  = 30 * time.Second // what runs when the end is asked for
)

// serve answers tills until ctx ends, finishes what runs and refuses what is new.
func (p *program) serve(ctx context.Context, _ []string) (err error) {
	if (p.tlsCert == "") != (p.tlsKey == "") {
		return pos.E(pos.CodeInvalid, "backend.tls-pair", nil)
	}
	if err := p.readShop(); err != nil {
		return err
	}
	b, s, err := p.open(ctx, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	l, err := net.Listen("tcp", p.listen)
	if err != nil {
		return pos.Wrap(pos.CodeUnavailable, "backend.listen", err)
	}
	if p.tlsCert != "" {
		pair, err := tls.LoadX509KeyPair(p.tlsCert, p.tlsKey)
		if err != nil {
			return errors.Join(pos.Wrap(pos.CodeInvalid, "backend.tls-files", err), l.Close())
		}
		l = tls.NewListener(l, &tls.Config{MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{pair}})
	}
	server := &http.Server{
		Handler:           p.handler(b),
		ReadHeaderTimeout: headerIn, IdleTimeout: idleFor, MaxHeaderBytes: maxHeader,
		ErrorLog: slog.NewLogLogger(p.log.Handler(), slog.LevelWarn),
	}
	keeping, stop := context.WithCancel(ctx)
	var kept sync.WaitGroup
	kept.Go(func() { b.RunJobs(keeping) })
	defer kept.Wait() // before the database is closed; what runs is finished
	defer stop()
	p.log.Info("serving", "address", l.Addr().String(), "tls", p.tlsCert != "", "version", version)
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	select {
	case err := <-ended:
		return pos.Wrap(pos.CodeUnavailable, "backend.listen", err)
	case <-ctx.Done():
	}
	p.log.Info("ending")
	within, cancel := context.WithTimeout(context.WithoutCancel(ctx), finishIn)
	defer cancel()
	b.EndWaiting() // nobody is kept waiting for what others change
	if err := server.Shutdown(within); err != nil {
		p.log.Warn("something still ran at the end", "error", err)
		return server.Close()
	}
	return nil
}

// handler answers tills and people.
func (p *program) handler(b *backend.Backend) http.Handler {
	site := pages.New(pages.Params{Log: p.log, PublicURL: p.publicURL, Lang: p.lang, Zone: p.shopZone, Proxies: p.believed, Requests: true})
	shown := http.NewServeMux()
	site.Static(shown)
	people.New(site, b).Mount(shown)
	paths := []string{"/{$}", "/static/", people.Root}
	face := api.Params{Backend: b, Log: p.log, Version: version, Requests: true, PublicURL: p.publicURL, Metrics: metrics(b)}
	if site.Public(offer.Root) != "" { // else nobody outside could open them
		offer.New(site, b).Mount(shown)
		paths = append(paths, offer.Root)
		face.OfferPage = func(o *pay.Offer) string {
			if o.Archived {
				return ""
			}
			return site.Public(offer.Path(o.ID))
		}
	}
	guarded := site.Guard(shown)
	all := http.NewServeMux()
	all.Handle("/", api.New(face))
	for _, path := range paths {
		all.Handle(path, guarded)
	}
	return all
}

// metrics are what Prometheus reads: of the process, of each till how much waits
// there, how much is held and when it was heard of, and of the jobs how they stand.
func metrics(b *backend.Backend) http.Handler {
	r := prometheus.NewRegistry()
	r.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), &tillMetrics{b})
	return promhttp.HandlerFor(r, promhttp.HandlerOpts{})
}

// tillMetrics reads the tills when they are asked for.
type tillMetrics struct{ b *backend.Backend }

var (
	metricQueue = prometheus.NewDesc("kassa_till_queue", "Messages that waited at the till when it was heard of last", []string{"till"}, nil)
	metricHeld  = prometheus.NewDesc("kassa_till_messages_total", "Messages of the till that are held", []string{"till"}, nil)
	metricSeen  = prometheus.NewDesc("kassa_till_seen_seconds", "When the till was heard of last, Unix time", []string{"till"}, nil)
	metricJobs  = prometheus.NewDesc("kassa_jobs", "Jobs of the backend by state: what waits for its time, is due, runs, is tried again, is over", []string{"state"}, nil)
	metricCases = prometheus.NewDesc("kassa_cases_open", "Exception cases somebody should look at", nil, nil)
)

// metricsIn is how long a reading may take.
const metricsIn = 5 * time.Second

// Describe implements prometheus.Collector.
func (m *tillMetrics) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{metricQueue, metricHeld, metricSeen, metricCases, metricJobs} {
		to <- d
	}
}

// Collect implements prometheus.Collector.
func (m *tillMetrics) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), metricsIn)
	defer cancel()
	all, err := m.b.ListTills(ctx)
	if err != nil {
		to <- prometheus.NewInvalidMetric(metricQueue, err)
		return
	}
	for _, t := range all {
		id := t.ID // whole: of tills set up in the same minute the beginnings are alike, and one series told twice spoils all
		to <- prometheus.MustNewConstMetric(metricQueue, prometheus.GaugeValue, float64(t.Queue), id)
		to <- prometheus.MustNewConstMetric(metricHeld, prometheus.CounterValue, float64(t.Held.Count), id)
		if !t.Seen.IsZero() {
			to <- prometheus.MustNewConstMetric(metricSeen, prometheus.GaugeValue, float64(t.Seen.Unix()), id)
		}
	}
	cases, err := m.b.ListCases(ctx)
	if err != nil {
		to <- prometheus.NewInvalidMetric(metricCases, err)
		return
	}
	to <- prometheus.MustNewConstMetric(metricCases, prometheus.GaugeValue, float64(len(cases)))
	jobs, err := m.b.CountJobs(ctx)
	if err != nil {
		to <- prometheus.NewInvalidMetric(metricJobs, err)
		return
	}
	for state, n := range jobs {
		to <- prometheus.MustNewConstMetric(metricJobs, prometheus.GaugeValue, float64(n), string(state))
	}
}
