/* SPDX-License-Identifier: BSD-2-Clause */
/** @file
 * cn_peer.h: what a core network node and one RNC have with each other as a whole, beside the UEs: Reset in both
 * directions (TS 25.413 8.26), Reset Resource (8.29), Overload (8.25), Error Indication without connection (8.27).
 *
 * The owner keeps one struct iuplus_cn_peer for each RNC and gives it the events below. */
#ifndef IUPLUS_CN_PEER_H
#define IUPLUS_CN_PEER_H

#include <iuplus/cn_link.h>

IUPLUS_BEGIN_DECLS

/** Timers of a peer: the same members as IUPLUS_CN_LINK_TIMERS; cn.h numbers them. They are started and stopped for the
 * peer, not for a context. */
#define IUPLUS_CN_PEER_TIMERS(X) \
	X(TRATR, 500, "TRatR", "tratr", PROC_RUNS_IN(0), peer_timer, \
	  "Reset received, until Reset Acknowledge is sent (TS 25.413 8.26)") \
	X(TRESETAGAIN, 30000, "TRESETAGAIN", "reset_again", PROC_RUNS_IN(0), peer_timer, \
	  "Reset received, while another one is its repetition and concerns nothing newer (own)") \
	X(TRAFR, 10000, "TRafR", "trafr", PROC_RUNS_IN(0), peer_timer, \
	  "Reset sent, until it is repeated (TS 25.413 8.26)") \
	X(TIGOC, 5000, "TigOC", "tigoc", PROC_RUNS_IN(0), peer_timer, \
	  "Overload received, while another one is ignored (TS 25.413 8.25)") \
	X(TINTC, 10000, "TinTC", "tintc", PROC_RUNS_IN(0), peer_timer, \
	  "Overload received, until the traffic rises by a step (TS 25.413 8.25)")

#define IUPLUS_CN_RESET_RETRIES 3   /**< repetitions of the core's own Reset (8.26.3.1) */
#define IUPLUS_CN_OVERLOAD_STEPS 16 /**< steps from all signalling traffic to none; Number of Steps is 1 to 16 */
#define IUPLUS_CN_MAX_REPORTED 8    /**< ignored IEs of a Reset that Reset Acknowledge can report */

struct iuplus_cn_config;

/** One RNC. Its initial state is all zero. Only overload is for the owner; it copies it to struct iuplus_cn_rnc. */
struct iuplus_cn_peer {
	unsigned
		overload; /**< steps by which signalling traffic to the RNC is reduced: 0 to IUPLUS_CN_OVERLOAD_STEPS */
	bool overload_ignored; /**< TigOC runs */
	bool owed[2];          /**< a Reset of the domain awaits its acknowledgement: TRatR runs */
	bool recent;           /**< TRESETAGAIN runs */
	bool resetting;        /**< a Reset of ours is not acknowledged: TRafR runs */
	bool has_reset;        /**< one was sent at some time: its acknowledgement may come late */
	unsigned tries;        /**< repetitions of it */
	unsigned reported;     /**< ignored IEs of the Reset of our domain (10.3.4.2) */
	struct {
		uint8_t criticality, repetition;
		bool missing;
		uint16_t id;
	} report[IUPLUS_CN_MAX_REPORTED];
};

enum iuplus_cn_peer_event_kind {
	IUPLUS_CN_PEER_UNITDATA,  /**< pdu arrived connectionless from the peer */
	IUPLUS_CN_PEER_AVAILABLE, /**< the peer can be reached again: its next Reset is a new one */
	IUPLUS_CN_PEER_TIMER,     /**< timer (of enum iuplus_cn_timer) expired */
	IUPLUS_CN_PEER_RESET      /**< order: reset the peer, because this node lost what it knew of its UEs */
};

struct iuplus_cn_peer_event {
	enum iuplus_cn_peer_event_kind kind;
	unsigned peer; /**< the owner's number of it: proc.h's peer */
	unsigned timer;
	struct iuplus_octets pdu;
};

/** Handles one event. Actions are appended to out, in the order of their execution: IUPLUS_ACT_RESET_ALL requires
 * IUPLUS_CN_EV_LOST for every connection with that peer, IUPLUS_ACT_RESET_RESOURCE for those for which
 * iuplus_cn_ue_named() is true; IU_UNITDATA, timers, notes and failures are as usual.
 * IUPLUS_OK: also when a message was erroneous, which is answered and reported;
 * IUPLUS_ERR_ARGUMENT: no such event or timer, nothing was done;
 * IUPLUS_ERR_MEMORY: the arena is exhausted, the message is discarded; IUPLUS_ERR_SPACE: as iuplus_cn_event(). */
int iuplus_cn_peer_event(struct iuplus_cn_peer *peer, const struct iuplus_cn_config *config,
			 const struct iuplus_proc_env *env, const struct iuplus_cn_peer_event *event,
			 struct iuplus_proc_actions *out);

/** Text of IUPLUS_ACT_DONE (message). */
#define IUPLUS_CN_DONE_RESET "Reset"

IUPLUS_END_DECLS
#endif
