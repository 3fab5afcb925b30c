package pos

import (
	"slices"
	"time"
)

// Channel is a way to reach a customer. Channels are permanent words.
type Channel string

// The channels, in the order of a customer's card.
const (
	ChannelSMS      Channel = "sms"
	ChannelViber    Channel = "viber"
	ChannelWhatsApp Channel = "whatsapp"
	ChannelTelegram Channel = "telegram"
	ChannelCall     Channel = "call"
	ChannelEmail    Channel = "email"
)

// Channels lists every channel.
var Channels = []Channel{ChannelSMS, ChannelViber, ChannelWhatsApp, ChannelTelegram, ChannelCall, ChannelEmail}

// Purpose is what a customer is written to for. The law asks for the consent to
// each apart; a code that confirms the customer's own purchase needs neither.
type Purpose string

// The purposes.
const (
	PurposeService     Purpose = "service"     // points, debts, receipts: the customer's own affairs
	PurposeAdvertising Purpose = "advertising" // offers and news
)

// Purposes lists every purpose.
var Purposes = []Purpose{PurposeService, PurposeAdvertising}

// ConsentSource is how a consent was given or taken back.
type ConsentSource string

// The sources. A merge carries over what the same person said before.
const (
	ConsentPaper  ConsentSource = "paper"
	ConsentSpoken ConsentSource = "spoken"
	ConsentSite   ConsentSource = "site"
	ConsentMerge  ConsentSource = "merge"
)

// ConsentSources are those a person may choose.
var ConsentSources = []ConsentSource{ConsentPaper, ConsentSpoken, ConsentSite}

// Consent is one statement of a customer: given or taken back. Statements are
// never edited; the newest of a channel and purpose counts.
type Consent struct {
	Customer CustomerID
	Channel  Channel
	Purpose  Purpose
	Given    bool
	Source   ConsentSource
	Employee EmployeeID
	At       time.Time
}

// Check refuses words that are none of the known ones, as CodeInvalid.
func (c *Consent) Check() error {
	known := slices.Contains(Channels, c.Channel) && slices.Contains(Purposes, c.Purpose) &&
		(c.Source == ConsentMerge || slices.Contains(ConsentSources, c.Source))
	if !known {
		return E(CodeInvalid, "consent.unknown", nil)
	}
	return nil
}

// ConsentTo is one question a customer can be asked.
type ConsentTo struct {
	Channel Channel
	Purpose Purpose
}

// Consents is where a customer stands now: the newest statement to each
// question, of statements in the order they were made.
func Consents(statements []Consent) map[ConsentTo]Consent {
	now := map[ConsentTo]Consent{}
	for _, s := range statements {
		now[ConsentTo{s.Channel, s.Purpose}] = s
	}
	return now
}
