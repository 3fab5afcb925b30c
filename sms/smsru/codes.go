package smsru

import "kassa/sms"

// codeTaken is the only number that means success, and only in a request's answer: on the axis of message states
// the same number means "in the queue".
const codeTaken = 100

// requestOutcomes says what a code means at the top level of an answer or beside a number. A code that is not
// here is sms.Unknown: a new one must never pass for success, nor for a certain failure.
var requestOutcomes = map[int]sms.Outcome{
	130: sms.RateLimited, // old: per number and day
	131: sms.Duplicate,   // old: identical within a minute
	132: sms.Duplicate,   // old: identical within a day
	150: sms.BadNumber,   // no route

	200: sms.AuthError,         // wrong api_id
	201: sms.InsufficientFunds, // not enough money
	202: sms.BadNumber,         // recipient wrong or no route
	203: sms.FailedRequest,     // no text
	204: sms.SenderNotApproved, // not approved, or not registered with this operator
	205: sms.FailedRequest,     // longer than 8 SMS
	206: sms.RateLimited,       // daily limit of the account
	207: sms.BadNumber,         // no route, or must not be written to
	208: sms.FailedRequest,     // bad time
	209: sms.Blocked,           // the shop's own stop list
	210: sms.FailedRequest,     // GET instead of POST
	211: sms.FailedRequest,     // unknown method
	212: sms.FailedRequest,     // not UTF-8
	213: sms.FailedRequest,     // too many recipients
	214: sms.Blocked,           // foreign number while only Russian ones are allowed
	215: sms.Blocked,           // the provider's stop list
	216: sms.Blocked,           // 216-219: limits on sender and text
	217: sms.Blocked,
	218: sms.Blocked,
	219: sms.Blocked,
	220: sms.TemporaryError,    // service unavailable
	221: sms.SenderNotApproved, // a sender's name has to be made first
	230: sms.RateLimited,       // per number and day
	231: sms.Duplicate,         // identical within a minute
	232: sms.Duplicate,         // identical within a day
	233: sms.RateLimited,       // codes too often

	300: sms.AuthError,   // token expired or address changed
	301: sms.AuthError,   // wrong api_id, or login and password
	302: sms.AuthError,   // account not confirmed by its owner
	303: sms.AuthError,   // wrong confirmation code of the account
	304: sms.RateLimited, // too many confirmation codes
	305: sms.RateLimited, // too many wrong entries

	500: sms.TemporaryError, // server error, repeat
	501: sms.RateLimited,    // 501-507 and 550: protection against floods
	502: sms.RateLimited,
	503: sms.RateLimited,
	504: sms.RateLimited,
	505: sms.RateLimited,
	506: sms.RateLimited,
	507: sms.RateLimited,
	550: sms.RateLimited,

	901: sms.FailedRequest, // callback address wrong
	902: sms.FailedRequest, // callback not found
}

// daily reports a limit that is free again only tomorrow.
func daily(code int) bool { return code == 130 || code == 206 || code == 230 }

// RequestOutcome returns what a code in the answer to a request means. 400 to 402 are states of a call and no
// answer to anything this package asks, so they are sms.Unknown here.
func RequestOutcome(code int) sms.Outcome {
	if code == codeTaken {
		return sms.Accepted
	}
	if o, ok := requestOutcomes[code]; ok {
		return o
	}
	return sms.Unknown
}

// MessageState returns what a code in the answer of sms/status means, and for a failed message the reason.
func MessageState(code int) (sms.State, sms.Outcome) {
	switch code {
	case 100, 101, 102, // in the queue, at the operator, on its way
		400: // a call is awaited
		return sms.StateQueued, ""
	case 103, 110, 401: // delivered, read, confirmed by a call
		return sms.StateDelivered, ""
	case 104, 105, 106, 107, 108, 402: // expired, deleted, handset, unknown reason, rejected, no call in time
		return sms.StateFailed, sms.FailedPermanent
	case 130, 131, 132, 150:
		return sms.StateFailed, requestOutcomes[code]
	}
	return sms.StateUnknown, ""
}
