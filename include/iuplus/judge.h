/* SPDX-License-Identifier: BSD-2-Clause */
/** @file
 * judge.h: a judge of procedures. It follows the dialogues of a capture and reports for each obligation of the standard
 * whether it was kept or broken. It needs no configuration: it judges by what the capture shows, and reports "unknown"
 * when the capture does not show enough (it began in the middle of a connection, or ended before an answer was due).
 *
 * Judged are the standards' IEs, and those of the extension by the rules of doc/keys.md. A message that does not decode
 * is counted; only the answer to it is judged. */
#ifndef IUPLUS_JUDGE_H
#define IUPLUS_JUDGE_H

#include <iuplus/iuplus.h>
#include <iuplus/rrc.h>

IUPLUS_BEGIN_DECLS

enum iuplus_judge_verdict { IUPLUS_JUDGE_UNKNOWN = 0, IUPLUS_JUDGE_KEPT = 1, IUPLUS_JUDGE_BROKEN = 2 };
#define IUPLUS_JUDGE_VERDICTS 3

/** One rule: one obligation of one clause. */
struct iuplus_judge_rule {
	const char *id;     /**< of the obligation ("R-8.5.2-01"), unique */
	const char *spec;   /**< "TS 25.413"; "doc/keys.md": the rules of the extension's keys */
	const char *clause; /**< "8.5.2"; the heading in doc/keys.md */
	const char *node;   /**< who is obliged: "RNC", "CN", "source RNC", "target RNC", "UE" */
	const char *right;  /**< what is right, as the end of "right would be that ..." */
};

/** The rules are numbered from 0. iuplus_judge_rule() returns NULL beyond the last one. */
size_t iuplus_judge_rule_count(void);
const struct iuplus_judge_rule *iuplus_judge_rule(size_t i);

/** One application of a rule. The strings are valid during the callback only. */
struct iuplus_judge_finding {
	const struct iuplus_judge_rule *rule;
	enum iuplus_judge_verdict verdict;
	unsigned frame; /**< of the message that keeps or breaks the rule; of the request when an answer is owed */
	uint64_t time_ns;
	uint64_t connection; /**< as fed; 0: connectionless */
	const char *what;    /**< broken: what happened; else "" */
};
typedef void iuplus_judge_report(void *user, const struct iuplus_judge_finding *finding);

struct iuplus_judge;

/** Creates a judge that calls report (NULL: none) for every application of a rule. NULL when memory is exhausted. */
struct iuplus_judge *iuplus_judge_new(iuplus_judge_report *report, void *user);
/** Wipes the keys that were seen and frees everything; NULL is allowed. */
void iuplus_judge_free(struct iuplus_judge *judge);

/** A RANAP message. Messages are fed in the order of the capture. */
struct iuplus_judge_ranap {
	unsigned frame;
	uint64_t time_ns;
	uint64_t from, to;   /**< the link and the direction: any numbers that tell the nodes apart (point codes) */
	uint64_t connection; /**< the signalling connection: unique in the capture; 0: connectionless */
	bool first;          /**< it opens the connection. If no message of a connection does, the capture began
			      * later */
	struct iuplus_octets pdu;
};
/** Judges one message, and the dialogue as far as it has come. The octets need not outlive the call. No input
 * aborts. IUPLUS_OK: it was followed. IUPLUS_ERR_STATE: neither the message nor what came before tells which end
 * is the RNC; it is kept, and is judged when that is known. IUPLUS_ERR_MEMORY: as that, and what depends on the
 * message may be reported as unknown or not at all. Any other code is that of iuplus_ranap_decode(): it was
 * counted, and its answer is judged. The caller continues after each. */
int iuplus_judge_ranap(struct iuplus_judge *judge, const struct iuplus_judge_ranap *message);

/** The signalling connection is released (SCCP RLSD, or CREF). What is owed on it and can no
 * longer come is judged. Connections that are not known are ignored. */
void iuplus_judge_released(struct iuplus_judge *judge, uint64_t connection, uint64_t time_ns);

/** An RRC message of a UE, not ciphered or deciphered. */
struct iuplus_judge_rrc {
	unsigned frame;
	uint64_t time_ns;
	uint64_t ue;                     /**< any number that tells the UEs apart */
	uint64_t rnc;                    /**< the same for RNCs; need not be the numbers of struct iuplus_judge_ranap */
	enum iuplus_rrc_channel channel; /**< says the direction too */
	int rb;                          /**< 0 to 4; -1: not known */
	int integrity;                   /**< under keys that the caller has: 1 MAC-I right, -1 wrong, 0 not verified */
	bool has_count;                  /**< integrity is 1: COUNT-I is known */
	uint32_t count;
	uint64_t key; /**< of that verification: any number that tells keys apart */
	struct iuplus_octets pdu;
};
/** Judges one message. It is fed once, although a capture may have it as an exported PDU and on the radio.
 * IUPLUS_OK, IUPLUS_ERR_MEMORY, or the code of iuplus_rrc_decode(): it was counted only. */
int iuplus_judge_rrc(struct iuplus_judge *judge, const struct iuplus_judge_rrc *message);
/** The UE has or gets messages that the caller cannot read: what is missing of them is unknown, not broken. */
void iuplus_judge_rrc_hidden(struct iuplus_judge *judge, uint64_t ue);

/** The capture is at its end: an answer that is owed, and that its sender had time for, is reported as broken; else as
 * unknown. Call it once, after the last message. */
void iuplus_judge_end(struct iuplus_judge *judge);

/** How often the rule (a number for iuplus_judge_rule()) was kept, broken or unknown. 0 for a rule that does not
 * exist. */
unsigned iuplus_judge_count(const struct iuplus_judge *judge, size_t rule, enum iuplus_judge_verdict verdict);

struct iuplus_judge_totals {
	unsigned ranap, rrc;                 /**< messages */
	unsigned undecoded;                  /**< of them, those that do not decode */
	unsigned not_followed;               /**< RANAP messages whose direction is not known */
	unsigned connections, in_the_middle; /**< signalling connections, and those whose beginning was not captured */
	unsigned held; /**< connections in memory: released ones are forgotten after 20 s or more */
};
/** What was fed so far. */
struct iuplus_judge_totals iuplus_judge_totals(const struct iuplus_judge *judge);

IUPLUS_END_DECLS
#endif
